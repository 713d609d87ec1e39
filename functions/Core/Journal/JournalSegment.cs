using System.Threading.Channels;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

/// <summary>A segment that this instance writes: hands out indexes, hashes in order, groups what is ready into one commit.</summary>
internal sealed class JournalSegment
{
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly Action<JournalEntry> _told;
    private readonly Lock _gate = new();
    private readonly Channel<JournalSlot> _slots = Channel.CreateUnbounded<JournalSlot>(new() { SingleReader = true });
    private int _nextIndex = 1;
    private DateTimeOffset _last;
    private bool _closed;
    private string _previous = JournalEntry.NoPrevious;

    public JournalSegment(long number, IStore store, TimeProvider clock, JournalEvent.SegmentOpened opened, Action<JournalEntry> told)
    {
        Number = number;
        _store = store;
        _clock = clock;
        _told = told;
        Enqueue(JournalCaller.Of(Callers.Caller.System)).TryFill(opened);
        Drained = WriteAsync();
    }

    public long Number { get; }

    /// <summary>Ends when nothing more will be written.</summary>
    public Task Drained { get; }

    /// <summary>
    /// Takes the next index; null when the segment is closed, or is now, because it is full or had no entry for so long that another
    /// instance may take it for abandoned. The last index of a segment is kept for its own end.
    /// </summary>
    public JournalSlot? TryReserve(JournalCaller caller, TimeSpan idleLimit)
    {
        lock (_gate)
        {
            if (_closed) return null;
            bool full = _nextIndex >= JournalPosition.MaximumIndex;
            if (!full && _clock.GetUtcNow() - _last < idleLimit) return Enqueue(caller);
            CloseWith(full ? "full" : "idle");
            return null;
        }
    }

    /// <summary>Takes no more entries; those reserved are still written.</summary>
    public void Close(string reason)
    {
        lock (_gate)
        {
            if (!_closed) CloseWith(reason);
        }
    }

    private void CloseWith(string reason)
    {
        Enqueue(JournalCaller.Of(Callers.Caller.System)).TryFill(new JournalEvent.SegmentClosed(reason));
        _closed = true;
        _slots.Writer.Complete();
    }

    private JournalSlot Enqueue(JournalCaller caller)
    {
        var slot = new JournalSlot(new JournalPosition(Number, _nextIndex), _clock.GetUtcNow(), caller);
        _nextIndex++;
        _last = slot.Time;
        _slots.Writer.TryWrite(slot);
        return slot;
    }

    private async Task WriteAsync()
    {
        // On its own from here on, for whoever opened the segment holds a lock.
        await Task.Yield();
        var batch = new List<(JournalSlot Slot, JournalEntry Entry)>(StoreLimits.MaximumChangeCount);
        bool going = true;
        try
        {
            while (going && await _slots.Reader.WaitToReadAsync())
            {
                while (going && _slots.Reader.TryPeek(out JournalSlot? first))
                {
                    going = false; // so that a defect anywhere below fails the waiters instead of leaving them
                    await first.Content;
                    TakeReady(batch);
                    going = await TryCommitAsync(batch);
                    if (going) batch.Clear();
                }
            }
        }
        finally
        {
            if (!going) Abandon(batch, new StoreUnavailableException($"journal segment {Number} can't be continued"));
        }
    }

    /// <summary>Takes the filled slots at the front, as many as one commit holds.</summary>
    private void TakeReady(List<(JournalSlot Slot, JournalEntry Entry)> batch)
    {
        int bytes = 0;
        while (batch.Count < StoreLimits.MaximumChangeCount
            && _slots.Reader.TryPeek(out JournalSlot? slot) && slot.Content.IsCompletedSuccessfully)
        {
            JournalEntry entry = JournalEntry.Create(slot.Position, slot.Time, slot.Caller, slot.Content.Result, _previous);
            if (batch.Count > 0 && bytes + entry.Encoded.Length > StoreLimits.MaximumCommitBytes) return;
            bytes += entry.Encoded.Length;
            _previous = entry.Hash;
            batch.Add((slot, entry));
            _slots.Reader.TryRead(out _);
        }
    }

    private async Task<bool> TryCommitAsync(List<(JournalSlot Slot, JournalEntry Entry)> batch)
    {
        // Entries go, if ever, with their whole segment, long after it was closed.
        var changes = new DocumentChange[batch.Count];
        for (int i = 0; i < changes.Length; i++)
        {
            changes[i] = new DocumentChange.Insert(JournalEntry.RowOf(batch[i].Entry.Position.Index), batch[i].Entry.Encoded) { Stays = true };
        }

        try
        {
            CommitResult result =
                await _store.CommitAsync(JournalEntry.PartitionOf(Number), changes, CancellationToken.None);
            if (result is CommitResult.Committed)
            {
                foreach ((JournalSlot slot, JournalEntry entry) in batch)
                {
                    slot.Keep(entry);
                    _told(entry);
                }

                return true;
            }

            return false;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>
    /// Fails everything that waits and ends the segment: whether the last commit happened may be unknown, so nothing may ever be
    /// written behind it. What is durable is a valid chain either way.
    /// </summary>
    private void Abandon(List<(JournalSlot Slot, JournalEntry Entry)> batch, Exception error)
    {
        lock (_gate)
        {
            if (!_closed) _slots.Writer.Complete();
            _closed = true;
        }

        foreach ((JournalSlot slot, _) in batch) slot.Fail(error);
        while (_slots.Reader.TryRead(out JournalSlot? slot)) slot.Fail(error);
    }
}
