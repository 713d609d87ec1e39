using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Memory;

/// <summary>
/// Remembers what was read from a store that nobody but this process writes, so that the facts of a decision, which seldom change, are not
/// read from the file for each one. A change is seen by every read that begins after it was answered, as without it.
/// </summary>
/// <remarks>
/// While a commit is under way, its shard is read from the store and nothing of it is remembered; what it changes is forgotten when it
/// begins. So nothing is ever served that a finished commit had replaced. Source: the law of <see cref="IStore"/>.
/// </remarks>
public sealed class CachedStore : IStore
{
    // So many that a partition which is written all the time seldom keeps another one from being remembered.
    private const int ShardCount = 256;
    private const int LargestPageCount = 64;

    // What the law of the store says of a commit that ended in an exception.
    private static readonly TimeSpan MayStillHappen = TimeSpan.FromMinutes(1);
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly string[] _unremembered;
    private readonly CacheShard[] _shards;
    private readonly long _maximumBytes;
    private long _bytes;

    /// <summary>Makes it over a store.</summary>
    /// <param name="store">The store; written through this object alone.</param>
    /// <param name="clock">How long a commit of unknown outcome keeps its partition from being remembered.</param>
    /// <param name="maximumBytes">About as much memory as it takes.</param>
    /// <param name="unremembered">What the names of partitions begin with of which a row is seldom read twice.</param>
    public CachedStore(IStore store, TimeProvider clock, long maximumBytes, params string[] unremembered)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumBytes);
        _store = store;
        _clock = clock;
        _maximumBytes = maximumBytes;
        _unremembered = unremembered;
        _shards = new CacheShard[ShardCount];
        for (int index = 0; index < ShardCount; index++) _shards[index] = new CacheShard();
    }

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsUnremembered(key.Partition)) return _store.GetAsync(key, cancellationToken);
        CacheShard shard = ShardOf(key.Partition);
        return shard.TryGet(key, out StoredDocument? known, out long commits)
            ? ValueTask.FromResult(known)
            : ReadAsync(shard, key, commits, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken)
    {
        StoreLimits.CheckList(partition, range);
        cancellationToken.ThrowIfCancellationRequested();
        if (IsUnremembered(partition)) return _store.ListAsync(partition, range, cancellationToken);
        CacheShard shard = ShardOf(partition);
        return shard.TryList(partition, range, out DocumentPage? known, out long commits)
            ? ValueTask.FromResult(known)
            : ReadAsync(shard, partition, range, commits, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        IReadOnlyList<DocumentChange> snapshot = StoreLimits.CheckCommit(partition, changes);
        cancellationToken.ThrowIfCancellationRequested();
        if (IsUnremembered(partition)) return await _store.CommitAsync(partition, snapshot, cancellationToken);
        // Whoever stops waiting does not stop the commit: the shard is served again when it is over.
        return await CommitAsync(ShardOf(partition), partition, snapshot).WaitAsync(cancellationToken);
    }

    private async Task<CommitResult> CommitAsync(CacheShard shard, string partition, IReadOnlyList<DocumentChange> changes)
    {
        shard.Begin(partition, changes);
        try
        {
            CommitResult result = await _store.CommitAsync(partition, changes, CancellationToken.None);
            shard.End();
            return result;
        }
        catch
        {
            _ = EndLaterAsync(shard);
            throw;
        }
    }

    private async Task EndLaterAsync(CacheShard shard)
    {
        await Task.Delay(MayStillHappen, _clock); // The commit may still happen until then; no event tells.
        shard.End();
    }

    private async ValueTask<StoredDocument?> ReadAsync(CacheShard shard, DocumentKey key, long commits, CancellationToken cancellationToken)
    {
        StoredDocument? document = await _store.GetAsync(key, cancellationToken);
        Count(shard.Keep(key, document, commits));
        return document;
    }

    private async ValueTask<DocumentPage> ReadAsync(CacheShard shard, string partition, RowRange range, long commits, CancellationToken cancellationToken)
    {
        DocumentPage page = await _store.ListAsync(partition, range, cancellationToken);
        if (page.Documents.Count <= LargestPageCount) Count(shard.Keep(partition, range, page, commits));
        return page;
    }

    // What is needed again is soon there again, so all of it goes at once, and nothing is kept of what was used when.
    private void Count(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= _maximumBytes) return;
        foreach (CacheShard shard in _shards) Interlocked.Add(ref _bytes, -shard.Clear());
    }

    private bool IsUnremembered(string partition)
    {
        foreach (string prefix in _unremembered)
            if (partition.StartsWith(prefix, StringComparison.Ordinal)) return true;
        return false;
    }

    private CacheShard ShardOf(string partition) => _shards[unchecked((uint)string.GetHashCode(partition, StringComparison.Ordinal)) % ShardCount];
}
