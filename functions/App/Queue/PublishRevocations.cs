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

    public async Task HandleAsync(IServiceProvider services, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        await services.GetRequiredService<RevocationListPublisher>().ReadAsync(cancellationToken);
}
