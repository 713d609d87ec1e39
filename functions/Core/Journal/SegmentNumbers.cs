using System.Collections.Immutable;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

/// <summary>Which leaf of the checkpoints' tree a segment is: leaves are dense, segment numbers have a gap where a backup was restored.</summary>
internal sealed class SegmentNumbers
{
    public static readonly DocumentKey Key = new("segments", "gaps");

    private readonly ImmutableArray<SegmentGap> _gaps;

    private SegmentNumbers(ImmutableArray<SegmentGap> gaps) => _gaps = gaps;

    public static async ValueTask<SegmentNumbers> ReadAsync(IStore store, CancellationToken cancellationToken) =>
        new((await store.ReadAsync(Key, CoreJson.Default.SegmentGaps, cancellationToken))?.Value.Gaps ?? []);

    /// <summary>How many segments there are up to a number, itself included when it is one.</summary>
    public long CountThrough(long segment)
    {
        long count = segment;
        foreach (SegmentGap gap in _gaps)
        {
            if (segment > gap.Last) count -= Math.Min(segment, gap.First - 1) - gap.Last;
        }

        return count;
    }

    /// <summary>The leaf of a segment, from 0.</summary>
    public long LeafOf(long segment) => CountThrough(segment) - 1;

    /// <summary>The segment that ends a count of leading ones; 0 for none.</summary>
    public long LastOf(long count)
    {
        if (count == 0) return 0;
        long segment = count;
        foreach (SegmentGap gap in _gaps)
        {
            if (segment > gap.Last) segment += gap.First - gap.Last - 1;
        }

        return segment;
    }
}
