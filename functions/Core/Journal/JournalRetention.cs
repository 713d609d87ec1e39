using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

/// <summary>Removes the entries of segments that are older than they need to be kept. Any instance may run it, also several at once.</summary>
/// <remarks>
/// Only leading segments go, whole, closed and sealed; their records, which are the leaves of the checkpoints, stay for ever. First the
/// journal records it, then the mark is set, then entries go, a hundred at a time: whoever is stopped midway is continued by the next run.
/// </remarks>
public sealed class JournalRetention
{
    private const string Partition = "segments";
    private static readonly DocumentKey StateKey = new(Partition, "removed");
    private readonly IStore _store;
    private readonly JournalWriter _journal;
    private readonly CheckpointReader _checkpoints;
    private readonly SegmentRegistry _registry;
    private readonly TimeProvider _clock;
    private readonly TimeSpan? _keep;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where the journal lies.</param>
    /// <param name="journal">Where removals are recorded first.</param>
    /// <param name="checkpoints">Say what is sealed.</param>
    /// <param name="clock">Says what is old.</param>
    /// <param name="keep">How long after its end a segment is kept, at least <see cref="MinimumKeep"/>; null for ever.</param>
    public JournalRetention(IStore store, JournalWriter journal, CheckpointReader checkpoints, TimeProvider clock, TimeSpan? keep)
    {
        if (keep is { } span) ArgumentOutOfRangeException.ThrowIfLessThan(span, MinimumKeep, nameof(keep));
        _store = store;
        _journal = journal;
        _checkpoints = checkpoints;
        _registry = new SegmentRegistry(store, clock);
        _clock = clock;
        _keep = keep;
    }

    /// <summary>Shortest time that segments are kept.</summary>
    /// <value>30 days: certificates live a day at the longest, and sessions and followers are matched with entries of the last days.</value>
    public static TimeSpan MinimumKeep { get; } = TimeSpan.FromDays(30);

    /// <summary>How long before their removal segments are announced.</summary>
    public static TimeSpan Notice { get; } = TimeSpan.FromDays(7);

    /// <summary>The last segment that is removed.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its number; 0 while none is.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<long> FindRemovedAsync(CancellationToken cancellationToken) =>
        (await _store.ReadAsync(StateKey, CoreJson.Default.RetentionState, cancellationToken))?.Value.Through ?? 0;

    /// <summary>The last segment that will be removed within <see cref="Notice"/>.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its number; null when none will.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<long?> FindNextAsync(CancellationToken cancellationToken)
    {
        if (_keep is not { } keep) return null;
        long removed = await FindRemovedAsync(cancellationToken);
        long next = await FindLastDueAsync(removed, _clock.GetUtcNow() - keep + Notice, cancellationToken);
        return next > removed ? next : null;
    }

    /// <summary>Removes what is due, and finishes what another run began.</summary>
    /// <param name="cancellationToken">Ends the wait; the next run goes on.</param>
    /// <returns>How many segments it marked.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<long> RemoveAsync(CancellationToken cancellationToken)
    {
        if (_keep is not { } keep) return 0;
        Stored<RetentionState>? state = await _store.ReadAsync(StateKey, CoreJson.Default.RetentionState, cancellationToken);
        long through = state?.Value.Through ?? 0;
        DateTimeOffset olderThan = _clock.GetUtcNow() - keep;
        long due = await FindLastDueAsync(through, olderThan, cancellationToken);
        if (due > through && await _checkpoints.FindLastAsync(cancellationToken) is { } sealing)
        {
            await _journal.AppendAsync(
                Caller.System, new JournalEvent.SegmentsRemoved(through + 1, due, olderThan, sealing.Number, sealing.Hash), cancellationToken);
            byte[] body = Json.Encode(new RetentionState(due, state?.Value.Done ?? 0), CoreJson.Default.RetentionState);
            // Another instance that was quicker marked the same ones, or more.
            if (!await _store.TryPutAsync(StateKey, body, state?.Version, cancellationToken)) due = through;
        }

        await FinishAsync(cancellationToken);
        SegmentNumbers numbers = await SegmentNumbers.ReadAsync(_store, cancellationToken);
        return Math.Max(0, numbers.CountThrough(due) - numbers.CountThrough(through));
    }

    /// <summary>The last of the leading segments that are closed, sealed and older.</summary>
    private async Task<long> FindLastDueAsync(long after, DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        long due = after;
        long frozen = (await _checkpoints.FindLastAsync(cancellationToken))?.Frozen ?? 0;
        SegmentNumbers numbers = await SegmentNumbers.ReadAsync(_store, cancellationToken);
        await foreach (SegmentRecord record in _registry.ListAfterAsync(after, cancellationToken))
        {
            if (numbers.LeafOf(record.Segment) >= frozen || record.Closed is not { } closed || closed >= olderThan) break;
            due = record.Segment;
        }

        return due;
    }

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        SegmentNumbers numbers = await SegmentNumbers.ReadAsync(_store, cancellationToken);
        while (await _store.ReadAsync(StateKey, CoreJson.Default.RetentionState, cancellationToken) is { } state
            && state.Value.Done < state.Value.Through)
        {
            long segment = numbers.LastOf(numbers.CountThrough(state.Value.Done) + 1);
            await _registry.MarkRemovedAsync(segment, cancellationToken);
            while (await RemoveSomeAsync(segment, cancellationToken))
            {
                // Another hundred.
            }

            byte[] body = Json.Encode(state.Value with { Done = segment }, CoreJson.Default.RetentionState);
            await _store.TryPutAsync(StateKey, body, state.Version, cancellationToken);
        }
    }

    private async Task<bool> RemoveSomeAsync(long segment, CancellationToken cancellationToken)
    {
        string partition = JournalEntry.PartitionOf(segment);
        DocumentPage page = await _store.ListAsync(partition, RowRange.All.Take(StoreLimits.MaximumChangeCount), cancellationToken);
        if (page.Documents.Count == 0) return page.Next is not null;
        // A conflict says that another instance removes them too.
        await _store.CommitAsync(
            partition, [.. page.Documents.Select(document => new DocumentChange.Delete(document.Key.Row, document.Version))], cancellationToken);
        return true;
    }
}
