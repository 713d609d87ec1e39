using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Tests.Access;

/// <summary>A store before whose commits an <see cref="Act"/> waits for its turn, and at which its process may die.</summary>
/// <remarks>The journal is left alone: it has one writer for each instance, and its order is that of the turns.</remarks>
internal sealed class SteppedStore(IStore inner) : IStore
{
    public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken)
    {
        Act.Current?.ThrowIfDead();
        return inner.GetAsync(key, cancellationToken);
    }

    public ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken) =>
        inner.ListAsync(partition, range, cancellationToken);

    public async ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        if (Act.Current is not { } act || partition is not ("grants" or "keys" or "revocations")) return await inner.CommitAsync(partition, changes, cancellationToken);
        await act.WaitForTurnAsync();
        CommitResult result = await inner.CommitAsync(partition, changes, cancellationToken);
        // It happened, and whoever did it never learns of it.
        act.ThrowIfDyingNow();
        return result;
    }
}
