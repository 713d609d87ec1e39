using System.Text.Json;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Tickets;

/// <summary>Opens and closes access requests as tickets want it.</summary>
/// <remarks>
/// A private key anywhere in a message is refused: nothing of the message is kept, the key's public half is revoked, the journal has its
/// fingerprint. Taking a ticket twice does nothing the second time.
/// </remarks>
public sealed class TicketIntake
{
    /// <summary>Most bytes of a message: the most of a queue, and far more than a ticket needs.</summary>
    public const int MaximumBytes = 256 * 1024;

    /// <summary>What the journal calls tickets of the queue whose source is not known.</summary>
    public const string QueueSource = "queue";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    private readonly AccessRequests _requests;
    private readonly AttachedKeys _keys;
    private readonly TicketRefusals _refusals;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="requests">What tickets open and close.</param>
    /// <param name="keys">Revokes what nobody should have sent.</param>
    /// <param name="refusals">Records what is refused.</param>
    public TicketIntake(AccessRequests requests, AttachedKeys keys, TicketRefusals refusals)
    {
        _requests = requests;
        _keys = keys;
        _refusals = refusals;
    }

    /// <summary>Whether a message of the queue is a ticket, right or wrong.</summary>
    /// <param name="json">The message.</param>
    /// <returns>Whether it is an object with a member <c>ticket</c>.</returns>
    public static bool Names(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return JsonElement.ParseValue(ref reader) is { ValueKind: JsonValueKind.Object } message && message.TryGetProperty("ticket", out _);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return false; // InvalidOperationException: a name with half of a surrogate pair in it, escaped.
        }
    }

    /// <summary>Takes what a ticket system wrote to the queue: <c>{"ticket":{"source":…,"event":"open",…}}</c>, see <see cref="TicketFields"/>.</summary>
    /// <param name="json">UTF-8 JSON. Who may write to the queue is trusted; every member is checked all the same.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it; a refusal is recorded, and the message is not to come again.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public Task<Result<TicketOutcome>> TakeAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        TakeAsync(QueueSource, json, QueuedTicket.Read, cancellationToken);

    /// <summary>Takes the message of a ticket system whose signature was found right.</summary>
    /// <param name="source">Which.</param>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it; a refusal is recorded.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public Task<Result<TicketOutcome>> TakeAsync(TicketSource source, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return TakeAsync(
            source.Name,
            json,
            message => source.Mapping.Map(message).Try(out TicketFields? fields, out Refusal? refusal) ? new QueuedTicket(source.Name, fields) : refusal,
            cancellationToken);
    }

    /// <summary>What a mapping makes of a message, without doing anything.</summary>
    /// <param name="source">Whose mapping.</param>
    /// <param name="json">UTF-8 JSON.</param>
    /// <returns>What the ticket says, as text; refused as the message itself would be, but for the rules of the path.</returns>
    public static Result<TicketFields> Try(TicketSource source, ReadOnlyMemory<byte> json)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!Parse(json).Try(out JsonDocument? document, out Refusal? refusal)) return refusal;
        using (document)
        {
            if (PrivateKeyScan.Find(document.RootElement) is not null) return Leaked();
            if (!source.Mapping.Map(document.RootElement).Try(out TicketFields? fields, out refusal)) return refusal;
            return new TicketBinding(source.Name, fields).Bind().Try(out _, out refusal) ? fields : refusal;
        }
    }

    private async Task<Result<TicketOutcome>> TakeAsync(
        string origin, ReadOnlyMemory<byte> json, Func<JsonElement, Result<QueuedTicket>> read, CancellationToken cancellationToken)
    {
        Result<TicketOutcome> result = await FollowAsync(origin, json, read, cancellationToken);
        if (result.Refusal is { } refusal) await _refusals.RecordAsync(origin, refusal.Detail, cancellationToken);
        return result;
    }

    private async Task<Result<TicketOutcome>> FollowAsync(
        string origin, ReadOnlyMemory<byte> json, Func<JsonElement, Result<QueuedTicket>> read, CancellationToken cancellationToken)
    {
        if (!Parse(json).Try(out JsonDocument? document, out Refusal? refusal)) return refusal;
        using (document)
        {
            Result<QueuedTicket> found = read(document.RootElement);
            Caller caller = Caller.System with { Issuer = found.Value?.Source ?? origin };
            if (PrivateKeyScan.Find(document.RootElement) is { } leaked)
            {
                // Before anything else of the message is believed; only whose key it may be is looked at.
                Subject owner = Subject.TryParse(found.Value?.Fields.Requester?.Trim(), null, out Subject requester) ? requester : Caller.System.Subject;
                await _keys.TakeAsync(leaked, owner, caller, cancellationToken);
                return Leaked();
            }

            if (!found.Try(out QueuedTicket? queued, out refusal)
                || !new TicketBinding(queued.Source, queued.Fields).Bind().Try(out Ticket? ticket, out refusal))
                return refusal;
            return await DoAsync(ticket, caller, cancellationToken);
        }
    }

    private async Task<Result<TicketOutcome>> DoAsync(Ticket ticket, Caller caller, CancellationToken cancellationToken)
    {
        Refusal? refusal;
        AccessRequest? request;
        switch (ticket)
        {
            case Ticket.Open open:
                return (await _requests.OpenAsync(caller, open.Order, cancellationToken)).Try(out request, out refusal) ? new TicketOutcome("opened", request) : refusal;
            case Ticket.Close close:
                if (await _requests.FindByTicketAsync(close.Reference.Source, close.Reference.Reference, cancellationToken) is not { } opened)
                    return new TicketOutcome("ignored", null);
                return (await _requests.CloseAsync(caller, opened.Id, close.Reason, cancellationToken)).Try(out request, out refusal)
                    ? new TicketOutcome("closed", request)
                    : refusal;
            default:
                return new TicketOutcome("ignored", null);
        }
    }

    internal static Result<JsonDocument> Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaximumBytes) return new Refusal.Invalid(null, $"the ticket is larger than {MaximumBytes} bytes", "send less");
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object && IsText(document.RootElement)) return document;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Answered below, without a word of what was sent. InvalidOperationException: half of a surrogate pair, escaped, or bytes that are no UTF-8.
        }

        document?.Dispose();
        return new Refusal.Invalid(null, "the ticket is no JSON object, or has a member twice", "send one JSON object in UTF-8");
    }

    // Reading a text that is JSON and no Unicode throws, so all are read once, here.
    private static bool IsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is not null,
        JsonValueKind.Array => value.EnumerateArray().All(IsText),
        JsonValueKind.Object => value.EnumerateObject().All(member => member.Name is not null && IsText(member.Value)),
        _ => true,
    };

    private static Refusal.Invalid Leaked() => new(
        null,
        "the ticket holds a private key; it was refused and not kept",
        "remove it from the ticket, make a new pair, and attach the line of the .pub file: this private key has left its owner");
}
