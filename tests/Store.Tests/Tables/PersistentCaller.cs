using SshFunctions.Core.Ports;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>
/// A store behind a caller who commits again when the store can't tell whether a commit happened. Right only where it can't have: a fault
/// from a seed never loses the answer to a delete that happened, and another lost commit is found by its trail, unless sixteen writes
/// of others came after it meanwhile.
/// </summary>
internal sealed class PersistentCaller(IStore store) : IStore
{
    private const int TryCount = 5;
    private int _doubtfulCount;

    /// <summary>Commits that conflicted when they were tried again: with somebody else's, or with themselves.</summary>
    public int DoubtfulCount => Volatile.Read(ref _doubtfulCount);

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
                CommitResult result = await store.CommitAsync(partition, snapshot, cancellationToken);
                if (triedCount > 1 && result is CommitResult.Conflicted) Interlocked.Increment(ref _doubtfulCount);
                return result;
            }
            catch (StoreUnavailableException) when (triedCount < TryCount)
            {
                // Once more.
            }
        }
    }
}
