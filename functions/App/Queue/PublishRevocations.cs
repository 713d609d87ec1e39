using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Queue;

/// <summary>Keeps the revocation list small, and built before the hosts ask for it.</summary>
/// <remarks>What is revoked is in force without it: every host's question reads the version. It only takes work off the first of them.</remarks>
internal sealed class PublishRevocations : IQueueFunction
{
    public QueueFunctionDeclaration Declaration { get; } = new(
        nameof(PublishRevocations),
        "Takes expired serials out of the revocation list, and builds and signs it.",
        RevocationRegistry.Queue,
        TimeSpan.FromMinutes(10));

    public async Task HandleAsync(IServiceProvider services, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<RevocationRegistry>().PruneAsync(cancellationToken);
        await services.GetRequiredService<RevocationListPublisher>().ReadAsync(cancellationToken);
    }
}
