using System.Text.Json;

namespace SshFunctions.Hooks.Audit;

/// <summary>What an entry says of segments that retention removed.</summary>
/// <param name="Segment">The entry's segment.</param>
/// <param name="Index">Its place there.</param>
/// <param name="Through">The last segment that was removed.</param>
/// <param name="Checkpoint">The checkpoint that covers them.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record RecordedRemoval(long Segment, int Index, long Through, long Checkpoint, string Hash)
{
    /// <summary>Reads an entry; null when it records no removal, a fault when it does and can't be read.</summary>
    internal static RecordedRemoval? Find(EntryLine entry, ReadOnlySpan<byte> line)
    {
        if (!EntryEvent.TryRead(line, "segments.removed"u8, out _, out JsonElement happened))
            return null;
        return EntryEvent.Number(happened, "through") is { } through && EntryEvent.Number(happened, "checkpoint") is { } checkpoint
            && EntryEvent.Text(happened, "checkpointHash") is { } hash
            ? new RecordedRemoval(entry.Segment, entry.Index, through, checkpoint, hash)
            : throw AuditFaultException.At("removal", entry.Segment, entry.Index, $"entry {entry.Index} of segment {entry.Segment} records a removal that can't be read: it was changed");
    }

    /// <summary>Demands that it names a checkpoint of the chain, under which what it removes was closed and sealed.</summary>
    internal void Require(CheckpointChain checkpoints, bool isSealed)
    {
        CheckpointLine? named = checkpoints.Find(Checkpoint);
        // An entry that no checkpoint covers yet may name one that is newer than the export's.
        if (named is null && !isSealed && Checkpoint > checkpoints.Count)
            return;
        if (named is null || named.Hash != Hash)
            throw Fault($"checkpoint {Checkpoint} that it names is none of this journal");
        if (!(checkpoints.CountThrough(Through) <= named.Frozen) || Through >= Segment)
            throw Fault($"checkpoint {Checkpoint} that it names does not cover what it says to have removed");
    }

    private AuditFaultException Fault(string text) =>
        AuditFaultException.At("removal", Segment, Index, $"entry {Index} of segment {Segment} records the removal of segments 1 to {Through}, and {text}");
}
