namespace SshFunctions.Hooks.Audit;

/// <summary>Two sealed segments that follow each other and are not neighbours by number.</summary>
/// <param name="Last">The one before; 0 for none.</param>
/// <param name="First">The one behind.</param>
/// <param name="Checkpoint">The checkpoint that sealed it first.</param>
internal sealed record SegmentJump(long Last, long First, long Checkpoint);
