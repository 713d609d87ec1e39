namespace SshFunctions.Hooks.Audit;

/// <summary>A head that a checkpoint sealed.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Last">Index of its last entry then; 0 for none.</param>
/// <param name="Hash">SHA-256 of that entry.</param>
/// <param name="Checkpoint">Number of the checkpoint.</param>
internal sealed record SealedHead(long Segment, int Last, byte[] Hash, long Checkpoint);
