using SshFunctions.Core.Callers;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

/// <summary>Appends to the journal. One per broker instance; thread safe.</summary>
/// <remarks>
/// Leases a segment when the first entry is reserved, and the next one when that is full or a commit failed. Entries of one instance
/// become durable in order; several instances write beside each other in segments of their own. Source: design.md, section 6.
/// </remarks>
public sealed class JournalWriter : IAsyncDisposable
{
    private static readonly TimeSpan LongestClosing = TimeSpan.FromSeconds(5);
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly JournalEvent.SegmentOpened _opened;
    private readonly SegmentRegistry _registry;
    private readonly TimeSpan _idleLimit;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly List<Task> _closings = [];
    private volatile JournalSegment? _segment;
    private bool _stopped;

    /// <summary>Makes a writer; touches nothing yet.</summary>
    /// <param name="store">Where the journal lies.</param>
    /// <param name="clock">Times of entries.</param>
    /// <param name="instance">Names this broker instance; unique for every start.</param>
    /// <param name="version">The broker's version.</param>
    /// <param name="idleLimit">
    /// How long after its last entry a segment is still continued; null for any time. Shorter than
    /// <see cref="JournalMaintenance.AbandonedAfter"/> where other instances close what looks abandoned.
    /// </param>
    public JournalWriter(IStore store, TimeProvider clock, string instance, string version, TimeSpan? idleLimit = null)
    {
        _idleLimit = idleLimit ?? TimeSpan.MaxValue;
        _store = store;
        _clock = clock;
        _opened = new JournalEvent.SegmentOpened(instance, version);
        _registry = new SegmentRegistry(store, clock);
    }

    /// <summary>Tells of each entry when it is durable, on the writer's own time: a listener takes note and does its work elsewhere.</summary>
    public event EventHandler<JournalEntry>? Appended;

    /// <summary>Reserves the next index, so that its serial can go into a certificate before the entry is written.</summary>
    /// <param name="caller">Who causes the entry.</param>
    /// <param name="cancellationToken">Ends the wait for a segment.</param>
    /// <returns>The reservation; complete or dispose it soon.</returns>
    /// <exception cref="StoreUnavailableException">No segment could be leased.</exception>
    public async ValueTask<JournalReservation> ReserveAsync(Caller caller, CancellationToken cancellationToken)
    {
        JournalCaller stamp = JournalCaller.Of(caller);
        while (true)
        {
            JournalSegment? segment = _segment;
            if (segment?.TryReserve(stamp, _idleLimit) is { } slot) return new JournalReservation(slot);
            await OpenAfterAsync(segment, cancellationToken);
        }
    }

    /// <summary>Appends an entry.</summary>
    /// <param name="caller">Who causes it.</param>
    /// <param name="journalEvent">What it records.</param>
    /// <param name="cancellationToken">Ends the wait for a segment; an entry that was reserved is written all the same.</param>
    /// <returns>The durable entry.</returns>
    /// <exception cref="StoreUnavailableException">The entry did not become durable.</exception>
    public async Task<JournalEntry> AppendAsync(Caller caller, JournalEvent journalEvent, CancellationToken cancellationToken)
    {
        using JournalReservation reservation = await ReserveAsync(caller, cancellationToken);
        return await reservation.CompleteAsync(journalEvent);
    }

    /// <summary>Closes every segment that another instance left open. Only where no other instance can be alive.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many were closed.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<int> CloseAbandonedAsync(CancellationToken cancellationToken)
    {
        int count = 0;
        foreach (long number in await _registry.ListOpenAsync(cancellationToken))
        {
            if (number == _segment?.Number) continue;
            await _registry.CloseAsync(number, JournalMaintenance.Abandoned, cancellationToken);
            count++;
        }

        return count;
    }

    private async Task OpenAfterAsync(JournalSegment? spent, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (!ReferenceEquals(_segment, spent)) return;
            _closings.RemoveAll(closing => closing.IsCompletedSuccessfully);
            if (spent is not null) _closings.Add(CloseWhenDrainedAsync(spent));
            _segment = null;
            SegmentRecord lease = await _registry.LeaseAsync(_opened.Instance, cancellationToken);
            _segment = new JournalSegment(lease.Segment, _store, _clock, _opened, entry => Appended?.Invoke(this, entry));
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task CloseWhenDrainedAsync(JournalSegment segment)
    {
        await segment.Drained;
        try
        {
            // Ended by its own last entry, or by a commit that failed.
            await _registry.CloseAsync(segment.Number, "commit failed", CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // The record stays open; a later start or the maintenance closes it, see CloseAbandonedAsync.
        }
    }

    /// <summary>Writes what is reserved, ends the segment and closes it.</summary>
    /// <returns>When all is durable, or the store is away.</returns>
    public async ValueTask DisposeAsync()
    {
        await _opening.WaitAsync();
        try
        {
            _stopped = true;
            if (_segment is { } segment)
            {
                segment.Close("stopped");
                _closings.Add(CloseWhenDrainedAsync(segment));
                _segment = null;
            }
        }
        finally
        {
            // Released and never disposed: whoever waits for a segment learns that there is none, instead of waiting on.
            _opening.Release();
        }

        try
        {
            await Task.WhenAll(_closings).WaitAsync(LongestClosing, _clock);
        }
        catch (TimeoutException)
        {
            // The store is away. A later start or the maintenance ends the segment, behind everything that was told to anybody.
        }
    }
}
