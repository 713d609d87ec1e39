namespace SshFunctions.Core.Journal;

/// <summary>How far one segment was taken.</summary>
/// <param name="Segment">Which.</param>
/// <param name="Index">Index of the last entry that was taken; 0 for none.</param>
/// <param name="Finished">Whether it is closed and was taken to its end.</param>
internal sealed record SegmentCursor(long Segment, int Index, bool Finished = false);
