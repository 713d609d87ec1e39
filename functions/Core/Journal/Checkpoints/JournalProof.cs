using System.Collections.Immutable;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>What shows that an entry is in the journal that a checkpoint sealed.</summary>
/// <param name="Entries">The entry, and every one after it up to the segment's head in the checkpoint.</param>
/// <param name="Head">That head: the leaf.</param>
/// <param name="Path">From the leaf to the checkpoint's root, the lowest first; lower-case hexadecimal.</param>
/// <param name="Checkpoint">The first one that covers the entry.</param>
/// <param name="Leaf">Place of the leaf in the checkpoint's tree, from 0.</param>
public sealed record JournalProof(
    ImmutableArray<ReadOnlyMemory<byte>> Entries, SegmentHead Head, ImmutableArray<string> Path, Checkpoint Checkpoint, long Leaf);
