namespace SshFunctions.Core.Journal;

/// <summary>What a follower has not taken of one segment, as much as one batch holds.</summary>
/// <param name="Before">Its cursor.</param>
/// <param name="Read">Every entry after it, in order.</param>
/// <param name="Entries">Those of them that are given.</param>
/// <param name="HasMore">Whether more are durable.</param>
/// <param name="Ends">Whether the segment is closed and this is its end.</param>
internal sealed record PendingBatch(
    SegmentCursor Before, IReadOnlyList<JournalEntry> Read, IReadOnlyList<JournalEntry> Entries, bool HasMore, bool Ends)
{
    /// <summary>The cursor when so many were taken, from the first on.</summary>
    public SegmentCursor CursorAfter(int takenCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(takenCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(takenCount, Entries.Count);
        if (takenCount < Entries.Count) return Before with { Index = Entries[takenCount].Position.Index - 1 };
        int last = Read.Count == 0 ? Before.Index : Read[^1].Position.Index;
        return new SegmentCursor(Before.Segment, last, Ends);
    }
}
