namespace SshFunctions.Core.Journal;

/// <summary>Every segment with its times; those that are closed are read once and remembered.</summary>
internal sealed class SegmentDirectory(SegmentRegistry registry)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, SegmentRecord> _records = [];
    private readonly SortedSet<long> _open = [];
    private long _newest;

    /// <summary>The segments now, in order.</summary>
    public async Task<IReadOnlyList<SegmentRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        long newest;
        long[] open;
        lock (_gate) (newest, open) = (_newest, [.. _open]);
        var fresh = new List<SegmentRecord>();
        foreach (long number in open)
        {
            if (await registry.FindAsync(number, cancellationToken) is { } record) fresh.Add(record);
        }

        await foreach (SegmentRecord record in registry.ListAfterAsync(newest, cancellationToken)) fresh.Add(record);
        lock (_gate)
        {
            fresh.ForEach(Keep);
            return [.. _records.Values];
        }
    }

    private void Keep(SegmentRecord record)
    {
        // A read that overtook another must not open again what is closed.
        if (_records.TryGetValue(record.Segment, out SegmentRecord? known) && known.Closed is not null) return;
        _records[record.Segment] = record;
        _newest = Math.Max(_newest, record.Segment);
        if (record.Closed is null) _open.Add(record.Segment);
        else _open.Remove(record.Segment);
    }
}
