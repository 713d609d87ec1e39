using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>Reads checkpoints.</summary>
public sealed class CheckpointReader
{
    private readonly IStore _store;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where they lie.</param>
    public CheckpointReader(IStore store) => _store = store;

    /// <summary>One checkpoint.</summary>
    /// <param name="number">Which, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The checkpoint; null when there is none of that number.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Checkpoint?> FindAsync(long number, CancellationToken cancellationToken)
    {
        if (number < 1) return null;
        Stored<CheckpointRecord>? stored =
            await _store.ReadAsync(CheckpointRows.KeyOf(number), CoreJson.Default.CheckpointRecord, cancellationToken);
        return stored is null ? null : Checkpoint.Of(stored.Value);
    }

    /// <summary>The last checkpoint.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The checkpoint; null while there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Checkpoint?> FindLastAsync(CancellationToken cancellationToken)
    {
        Stored<CheckpointState>? state =
            await _store.ReadAsync(CheckpointRows.HeadKey, CoreJson.Default.CheckpointState, cancellationToken);
        return state is null ? null : await FindAsync(state.Value.Number, cancellationToken);
    }

    /// <summary>Checkpoints in order.</summary>
    /// <param name="after">The last one that is not wanted; 0 for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The checkpoints.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<Checkpoint> ListAsync(long after, CancellationToken cancellationToken) =>
        _store.ReadAllAsync(
                CheckpointRows.Partition,
                CheckpointRows.Checkpoints.After(after < 1 ? null : CheckpointRows.RowOf(after)),
                CoreJson.Default.CheckpointRecord,
                cancellationToken)
            .Select(Checkpoint.Of);

    /// <summary>The first checkpoint that covers an entry; as many reads as its number has digits in binary.</summary>
    /// <param name="position">Where the entry lies.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The checkpoint; null when the entry is not sealed yet.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Checkpoint?> FindFirstOverAsync(JournalPosition position, CancellationToken cancellationToken)
    {
        Checkpoint? over = await FindLastAsync(cancellationToken);
        long leaf = (await SegmentNumbers.ReadAsync(_store, cancellationToken)).LeafOf(position.Segment);
        if (over is null || !Covers(over, position, leaf)) return null;
        long below = 0;
        while (over.Number - below > 1)
        {
            Checkpoint? middle = await FindAsync((below + over.Number) / 2, cancellationToken);
            if (middle is null) return null;
            if (Covers(middle, position, leaf)) over = middle;
            else below = middle.Number;
        }

        return over;
    }

    private static bool Covers(Checkpoint checkpoint, JournalPosition position, long leaf) =>
        leaf < checkpoint.Frozen
        || checkpoint.Tail.Any(head => head.Segment == position.Segment && head.Last >= position.Index);
}
