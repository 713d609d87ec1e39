using System.Collections.Immutable;

namespace SshFunctions.Core.Journal;

/// <summary>Reads several segments backwards at once, the newest entry first; within a segment always by index, also where a clock went back.</summary>
internal sealed class JournalMerge
{
    private readonly JournalFilter _filter;
    private readonly Func<SegmentRecord, int, int, Task<IReadOnlyList<JournalEntry>>> _readBefore;
    private readonly Func<SegmentRecord, Task<int>> _findStart;
    private readonly Dictionary<long, SegmentRecord> _segments;
    private readonly List<SegmentRecord> _open = [];
    private readonly Queue<SegmentRecord> _closed;
    private readonly PriorityQueue<BackwardSegment, (long Time, long Segment)> _heads = new();
    private readonly Dictionary<long, BackwardSegment> _reading = [];
    private readonly long _newest;
    private readonly ImmutableArray<JournalPosition> _resumed;
    private (long Ticks, long Segment) _boundary;

    /// <param name="segments">Every segment.</param>
    /// <param name="filter">Says which segments hold nothing that is wanted.</param>
    /// <param name="from">Where to go on; null for the end of the journal.</param>
    /// <param name="readBefore">Of the entries of a segment up to an index, at most so many, in order: the oldest, and all that may fit.</param>
    /// <param name="findStart">Index of the newest entry of a segment that may fit.</param>
    public JournalMerge(
        IReadOnlyList<SegmentRecord> segments,
        JournalFilter filter,
        JournalCursor? from,
        Func<SegmentRecord, int, int, Task<IReadOnlyList<JournalEntry>>> readBefore,
        Func<SegmentRecord, Task<int>> findStart)
    {
        (_filter, _readBefore, _findStart) = (filter, readBefore, findStart);
        _newest = from?.Newest ?? (segments.Count == 0 ? 0 : segments[^1].Segment);
        _boundary = from is null ? (long.MaxValue, long.MaxValue) : (from.ClosedTicks, from.ClosedSegment);
        _segments = segments.ToDictionary(segment => segment.Segment);
        _resumed = from?.Open ?? [];
        // What is open at the first page is read from there on, and not entered again when it is closed by the next one.
        if (from is null) _open.AddRange(segments.Where(segment => segment.Closed is null && IsWanted(segment)));
        _closed = new(segments
            .Where(segment => segment.Closed is not null && segment.Segment <= _newest && KeyOf(segment).CompareTo(_boundary) < 0 && IsWanted(segment))
            .OrderByDescending(KeyOf));
    }

    /// <summary>How many segments were begun so far.</summary>
    public int BegunCount { get; private set; }

    /// <summary>How many entries were looked at so far, those that can't fit too.</summary>
    public int LookedCount { get; private set; }

    /// <summary>Where to go on; null when nothing is left.</summary>
    public JournalCursor? Next => _reading.Count == 0 && _closed.Count == 0
        ? null
        : new JournalCursor(
            _newest, _boundary.Ticks, _boundary.Segment, [.. _reading.Values.OrderBy(segment => segment.Record.Segment).Select(segment => segment.Position)]);

    /// <summary>Begins with what is being read.</summary>
    public async Task StartAsync()
    {
        foreach (JournalPosition position in _resumed)
        {
            if (_segments.TryGetValue(position.Segment, out SegmentRecord? record)) await EnterAsync(record, position.Index);
        }

        foreach (SegmentRecord record in _open) await EnterAsync(record, await _findStart(record));
    }

    /// <summary>The next entry that may fit, and some that don't; null at the end.</summary>
    /// <param name="mayBegin">Whether another segment may be begun; one page begins no more than it can pay for.</param>
    public async Task<JournalEntry?> TakeAsync(Func<bool> mayBegin)
    {
        while (_closed.TryPeek(out SegmentRecord? next) && (_heads.Count == 0 || next.Closed >= _heads.Peek().Newest!.Time))
        {
            if (!mayBegin()) return null;
            _closed.Dequeue();
            _boundary = KeyOf(next);
            await EnterAsync(next, await _findStart(next));
        }

        if (_heads.Count == 0) return null;
        BackwardSegment segment = _heads.Dequeue();
        JournalEntry entry = segment.Newest!;
        LookedCount += segment.Drop();
        await ContinueAsync(segment);
        return entry;
    }

    private async Task EnterAsync(SegmentRecord record, int index)
    {
        BegunCount++;
        if (index < 1 || record.Removed is not null) return;
        var segment = new BackwardSegment(record, index);
        _reading[record.Segment] = segment;
        await ContinueAsync(segment);
    }

    private async Task ContinueAsync(BackwardSegment segment)
    {
        if (segment.Newest is null && segment.Index > 0)
            segment.Fill(await _readBefore(segment.Record, segment.Index, _reading.Count));
        if (segment.Newest is { } entry && !(entry.Time < _filter.Since))
            _heads.Enqueue(segment, (-entry.Time.UtcTicks, -entry.Position.Segment));
        else
            _reading.Remove(segment.Record.Segment);
    }

    private bool IsWanted(SegmentRecord segment) =>
        segment.Removed is null && !(segment.Closed < _filter.Since) && !(segment.Opened - ClockSlack >= _filter.Until);

    /// <summary>By how much the clocks of brokers may differ.</summary>
    public static TimeSpan ClockSlack { get; } = TimeSpan.FromMinutes(5);

    private static (long Ticks, long Segment) KeyOf(SegmentRecord segment) => (segment.Closed!.Value.UtcTicks, segment.Segment);
}
