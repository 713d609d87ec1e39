using System.Collections.Immutable;

namespace SshFunctions.Core.Journal;

/// <summary>How far a follower has come.</summary>
/// <param name="Floor">Every segment below is finished.</param>
/// <param name="Since">Older entries are passed over; null for none.</param>
/// <param name="Cursors">Of segments from the floor on, of which something was taken, or which are finished.</param>
internal sealed record FollowerRecord(long Floor, DateTimeOffset? Since, ImmutableArray<SegmentCursor> Cursors)
{
    public SegmentCursor CursorOf(long segment) =>
        Cursors.FirstOrDefault(cursor => cursor.Segment == segment) ?? new SegmentCursor(segment, 0);

    public FollowerRecord With(SegmentCursor moved) =>
        this with { Cursors = [.. Cursors.Where(cursor => cursor.Segment != moved.Segment), moved] };

    /// <summary>The same, without a word about finished segments that have no unfinished one before them.</summary>
    public FollowerRecord RaisedTo(long floor) =>
        this with { Floor = floor, Cursors = [.. Cursors.Where(cursor => cursor.Segment >= floor)] };
}
