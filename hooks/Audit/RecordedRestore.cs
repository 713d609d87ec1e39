using System.Globalization;
using System.Text.Json;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Audit;

/// <summary>What an entry says of a backup that the broker went on from.</summary>
/// <param name="Segment">The entry's segment.</param>
/// <param name="Index">Its place there.</param>
/// <param name="Time">When it was restored.</param>
/// <param name="Backup">When the backup was made.</param>
/// <param name="Last">The last segment of the backup; 0 for none.</param>
/// <param name="First">The first one since.</param>
internal sealed record RecordedRestore(long Segment, int Index, DateTimeOffset Time, DateTimeOffset Backup, long Last, long First)
{
    /// <summary>For people.</summary>
    internal string Text => string.Create(
        CultureInfo.InvariantCulture, $"at {Moment.Text(Time)} the broker was restored from a backup of {Moment.Text(Backup)}, and went on from segment {Last} with segment {First}");

    /// <summary>Place of the entry.</summary>
    internal ulong Serial => ((ulong)Segment << 16) | (uint)Index;

    /// <summary>Reads an entry; null when it records no restore, a fault when it does and can't be read.</summary>
    internal static RecordedRestore? Find(EntryLine entry, ReadOnlySpan<byte> line)
    {
        if (!EntryEvent.TryRead(line, "broker.restored"u8, out JsonElement root, out JsonElement happened))
            return null;
        return EntryEvent.Instant(root, "time") is { } time && EntryEvent.Instant(happened, "backup") is { } backup
            && EntryEvent.Number(happened, "lastSegment") is { } last && EntryEvent.Number(happened, "firstSegment") is { } first
            ? new RecordedRestore(entry.Segment, entry.Index, time, backup, last, first)
            : throw AuditFaultException.At("restore", entry.Segment, entry.Index, $"entry {entry.Index} of segment {entry.Segment} records a restore that can't be read: it was changed");
    }
}
