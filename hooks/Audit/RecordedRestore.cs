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

    /// <summary>Reads an entry; null when it records no restore, a fault when it does and can't be read.</summary>
    internal static RecordedRestore? Find(EntryLine entry, ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("broker.restored"u8) < 0)
            return null;
        Utf8JsonReader reader = new(line);
        JsonElement root = JsonElement.ParseValue(ref reader);
        if (!root.TryGetProperty("event", out JsonElement happened) || happened.ValueKind != JsonValueKind.Object
            || !happened.TryGetProperty("kind", out JsonElement kind) || kind.ValueKind != JsonValueKind.String || !kind.ValueEquals("broker.restored"u8))
            return null;
        return Instant(root, "time") is { } time && Instant(happened, "backup") is { } backup && Number(happened, "lastSegment") is { } last && Number(happened, "firstSegment") is { } first
            ? new RecordedRestore(entry.Segment, entry.Index, time, backup, last, first)
            : throw AuditFaultException.At("restore", entry.Segment, entry.Index, $"entry {entry.Index} of segment {entry.Segment} records a restore that can't be read: it was changed");

        static DateTimeOffset? Instant(JsonElement parent, string name) =>
            parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out DateTimeOffset time) ? time : null;

        static long? Number(JsonElement parent, string name) =>
            parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;
    }
}
