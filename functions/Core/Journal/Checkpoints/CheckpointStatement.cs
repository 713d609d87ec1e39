using System.Collections.Immutable;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>What is signed, member by member; see <see cref="Checkpoint"/>.</summary>
internal sealed record CheckpointStatement(
    long Checkpoint,
    DateTimeOffset Time,
    string Previous,
    long Size,
    string Root,
    long Frozen,
    string FrozenRoot,
    ImmutableArray<SegmentHead> Heads);
