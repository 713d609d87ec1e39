using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Tests.Journal.Checkpoints;

/// <summary>Counts what is asked of a store.</summary>
internal sealed class CountingStore(IStore store) : IStore
{
    private int _reads;

    public int ReadCount => Volatile.Read(ref _reads);

    public void Reset() => Volatile.Write(ref _reads, 0);

    public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        return store.GetAsync(key, cancellationToken);
    }

    public ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        return store.ListAsync(partition, range, cancellationToken);
    }

    public ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) =>
        store.CommitAsync(partition, changes, cancellationToken);
}
