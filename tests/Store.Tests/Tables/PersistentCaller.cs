using SshFunctions.Core.Ports;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>
/// A store behind a caller who commits again when the store can't tell whether a commit happened. Right only where it can't have: a fault
/// from a seed never loses the answer to a delete that happened, and every other lost commit is found by its trail.
/// </summary>
internal sealed class PersistentCaller(IStore store) : IStore
{
    private const int TryCount = 5;

    public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken) => store.GetAsync(key, cancellationToken);

    public ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken) =>
        store.ListAsync(partition, range, cancellationToken);

    public async ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        DocumentChange[] snapshot = [.. changes];
        for (int triedCount = 1; ; triedCount++)
        {
            try
            {
                return await store.CommitAsync(partition, snapshot, cancellationToken);
            }
            catch (StoreUnavailableException) when (triedCount < TryCount)
            {
                // Once more.
            }
        }
    }
}
