namespace SshFunctions.Core.Journal;

/// <summary>Numbers that no segment of this journal has: what a lost broker may have given between a backup and its restore.</summary>
/// <param name="Last">The last segment before it; 0 when there was none.</param>
/// <param name="First">The first segment behind it.</param>
internal sealed record SegmentGap(long Last, long First);
