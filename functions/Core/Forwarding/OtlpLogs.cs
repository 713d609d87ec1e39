using System.Buffers;
using System.Globalization;
using System.Text.Json;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Forwarding;

/// <summary>Writes journal entries as the body of an OTLP log export, JSON encoding.</summary>
/// <remarks>Source: OTLP 1.3, "OTLP/HTTP" and "JSON Protobuf Encoding": lowerCamelCase names, 64-bit integers as strings.</remarks>
public static class OtlpLogs
{
    /// <summary>Writes a request.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="version">The broker's version.</param>
    /// <returns>UTF-8 JSON of an <c>ExportLogsServiceRequest</c>.</returns>
    public static byte[] Write(IReadOnlyList<JournalEntry> entries, string version)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Open(json, "resourceLogs");
            json.WriteStartObject("resource");
            json.WriteStartArray("attributes");
            WriteAttribute(json, "service.name", "sshfn-broker");
            WriteAttribute(json, "service.version", version);
            json.WriteEndArray();
            json.WriteEndObject();
            Open(json, "scopeLogs");
            json.WriteStartObject("scope");
            json.WriteString("name", "SshFunctions.Journal");
            json.WriteEndObject();
            json.WriteStartArray("logRecords");
            foreach (JournalEntry entry in entries) WriteRecord(json, entry);
            json.WriteEndArray();
            Close(json);
            Close(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, JournalEntry entry)
    {
        (int number, string text) = SeverityOf(entry.Event.Kind);
        json.WriteStartObject();
        json.WriteString("timeUnixNano", NanosecondsOf(entry.Time));
        json.WriteNumber("severityNumber", number);
        json.WriteString("severityText", text);
        json.WriteString("eventName", "sshfn." + entry.Event.Kind);
        json.WriteStartObject("body");
        json.WriteString("stringValue", entry.Encoded.Span);
        json.WriteEndObject();
        json.WriteStartArray("attributes");
        WriteAttribute(json, "sshfn.event", entry.Event.Kind);
        WriteAttribute(json, "sshfn.serial", entry.Position.Serial.ToString(CultureInfo.InvariantCulture));
        WriteAttribute(json, "sshfn.hash", entry.Hash);
        WriteAttribute(json, "enduser.id", entry.Caller.Subject.Text);
        if (entry.Event.About is { } about) WriteAttribute(json, "sshfn.path", about.Text);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteStartObject("value");
        json.WriteString("stringValue", value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Source: OpenTelemetry, "Logs Data Model", field SeverityNumber.
    private static (int Number, string Text) SeverityOf(string kind) => JournalSeverities.Of(kind) switch
    {
        JournalSeverity.Alarm => (17, "ERROR"),
        JournalSeverity.Warning => (13, "WARN"),
        _ => (9, "INFO"),
    };

    private static string NanosecondsOf(DateTimeOffset time) =>
        ((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);

    private static void Open(Utf8JsonWriter json, string array)
    {
        json.WriteStartArray(array);
        json.WriteStartObject();
    }

    private static void Close(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
