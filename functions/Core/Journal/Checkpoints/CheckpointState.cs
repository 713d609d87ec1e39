using System.Collections.Immutable;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>The end of the chain of checkpoints: whoever adds one replaces this document.</summary>
/// <param name="Number">Of the last checkpoint.</param>
/// <param name="Frozen">Leading segments that were closed then: their leaves never change again.</param>
/// <param name="Peaks">Roots of the complete subtrees over them.</param>
internal sealed record CheckpointState(long Number, long Frozen, ImmutableArray<string> Peaks)
{
    public MerklePeaks ToPeaks() => new(Frozen, Peaks.Select(Convert.FromHexString));
}
