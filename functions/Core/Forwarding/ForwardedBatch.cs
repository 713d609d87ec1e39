using System.Buffers;
using System.Text.Json;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.Core.Forwarding;

/// <summary>Writes journal entries as the body of one signed webhook.</summary>
/// <remarks>
/// <c>{"type":"journal.entries","timestamp":…,"data":{"entries":[…]}}</c>, every entry as it is stored. Source: Standard Webhooks 1.0,
/// "Payload structure".
/// </remarks>
public static class ForwardedBatch
{
    /// <summary>Identifier of a batch: the same entries have the same one, so that a receiver knows them again.</summary>
    /// <param name="forwarder">Name of the forwarder.</param>
    /// <param name="entries">At least one.</param>
    /// <param name="now">When it is sent.</param>
    /// <returns>The headers.</returns>
    public static WebhookStamp StampOf(string forwarder, IReadOnlyList<JournalEntry> entries, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return new WebhookStamp($"journal-{forwarder}-{entries[0].Position.Serial}-{entries[^1].Position.Serial}", now);
    }

    /// <summary>Writes the body.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="now">When it is sent.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Write(IReadOnlyList<JournalEntry> entries, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "journal.entries");
            json.WriteString("timestamp", now.UtcDateTime);
            json.WriteStartObject("data");
            json.WriteStartArray("entries");
            foreach (JournalEntry entry in entries) json.WriteRawValue(entry.Encoded.Span);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
