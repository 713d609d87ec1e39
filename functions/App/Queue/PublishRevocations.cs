using System.Text.Json;
using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Queue;

/// <summary>Has the revocation list built before the hosts ask for it.</summary>
/// <remarks>What is revoked is in force without it: every host's question reads the version. It only takes work off the first of them.</remarks>
internal sealed class PublishRevocations : IQueueFunction
{
    public QueueFunctionDeclaration Declaration { get; } = new(
        nameof(PublishRevocations),
        "Builds and signs the revocation list.",
        RevocationRegistry.Queue);

    public Task HandleAsync(IServiceProvider services, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        services.GetRequiredService<RevocationPublication>().PublishAsync(cancellationToken);

    /// <summary>Shows it on the list that the message was about.</summary>
    public async Task PutAsideAsync(IServiceProvider services, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        long version = VersionIn(message.Span) ?? await services.GetRequiredService<RevocationRegistry>().ReadVersionAsync(cancellationToken);
        await services.GetRequiredService<RevocationPublication>().GiveUpAsync(new PublishedVersion(version), cancellationToken);
    }

    /// <summary>The version that a message announced; null when somebody else wrote it.</summary>
    private static long? VersionIn(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message);
            return JsonElement.ParseValue(ref reader) is { ValueKind: JsonValueKind.Object } announced
                && announced.TryGetProperty("number", out JsonElement number)
                && number.ValueKind == JsonValueKind.Number
                && number.TryGetInt64(out long version)
                    ? version
                    : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
