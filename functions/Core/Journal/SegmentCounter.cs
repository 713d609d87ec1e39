namespace SshFunctions.Core.Journal;

/// <summary>The next segment number that nobody has leased.</summary>
internal sealed record SegmentCounter(long Next);
