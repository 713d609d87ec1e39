using System.Text.Json;
using SshFunctions.Core.Access;
using SshFunctions.Core.Tickets;

namespace SshFunctions.App.Queue;

/// <summary>Makes the grant of an access request that was approved.</summary>
/// <remarks>The request is the truth: one that is active already, or ended meanwhile, is left as it is. A timer finds one whose message was lost.</remarks>
internal sealed class ProvisionAccess : IQueueFunction
{
    public QueueFunctionDeclaration Declaration { get; } = new(
        nameof(ProvisionAccess),
        "Gives the access of an approved request, and opens and closes requests as tickets want it.",
        AccessRequests.Queue);

    public async Task HandleAsync(IServiceProvider services, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (TicketIntake.Names(message.Span))
        {
            // Why one was refused stands in the journal.
            await services.GetRequiredService<TicketIntake>().TakeAsync(message, cancellationToken);
            return;
        }

        AccessRequestId id = RequestIn(message.Span) ?? throw new FormatException("the message names no access request");
        // Why one could not be given stands on the request, where people look for it: the message has done its work.
        await services.GetRequiredService<AccessRequests>().ProvisionAsync(id, cancellationToken);
    }

    /// <summary>Shows it on the request that the message was about.</summary>
    public async Task PutAsideAsync(IServiceProvider services, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (TicketIntake.Names(message.Span))
            await services.GetRequiredService<TicketRefusals>().RecordAsync(TicketIntake.QueueSource, "taking the ticket failed again and again; see the broker's log", cancellationToken);
        else if (RequestIn(message.Span) is { } id)
            await services.GetRequiredService<AccessRequests>().FailAsync(id, "giving the access failed again and again; see the broker's log", cancellationToken);
    }

    /// <summary>The request that a message names; null when somebody else wrote it.</summary>
    private static AccessRequestId? RequestIn(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message);
            return JsonElement.ParseValue(ref reader) is { ValueKind: JsonValueKind.Object } named
                && named.TryGetProperty("request", out JsonElement request)
                && request.ValueKind == JsonValueKind.String
                && AccessRequestId.TryParse(request.GetString(), null, out AccessRequestId id)
                    ? id
                    : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
