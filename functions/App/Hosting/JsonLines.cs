using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SshFunctions.App.Hosting;

/// <summary>The log: one JSON object a line. A line is written whole, and the process does not go on before it is.</summary>
[ProviderAlias("JsonLines")]
internal sealed class JsonLines(Stream output, TimeProvider time) : ILoggerProvider
{
    // The reader is a log collector, never a browser: quotes and non-ASCII letters may stay readable.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new JsonLineLogger(this, categoryName);

    public void Dispose() => output.Flush();

    /// <summary>Writes one line.</summary>
    /// <param name="level">Severity.</param>
    /// <param name="category">The class that logs; stands in for the event's name when it has none.</param>
    /// <param name="eventId">Its name is the line's event.</param>
    /// <param name="message">The sentence.</param>
    /// <param name="fields">The message's named values; null when it has none.</param>
    /// <param name="exception">Written whole.</param>
    public void Write(
        LogLevel level,
        string category,
        EventId eventId,
        string message,
        IReadOnlyList<KeyValuePair<string, object?>>? fields,
        Exception? exception)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime);
            json.WriteString("level", level.ToString().ToLowerInvariant());
            json.WriteString("event", eventId.Name ?? category);
            json.WriteString("message", message);
            if (Activity.Current is { } activity)
                json.WriteString("correlationId", activity.TraceId.ToHexString());
            foreach ((string name, object? value) in fields ?? [])
                if (name != "{OriginalFormat}")
                    WriteField(json, JsonNamingPolicy.CamelCase.ConvertName(name), value);
            if (exception is not null)
                json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        lock (_lock)
        {
            output.Write(buffer.WrittenSpan);
            output.Flush();
        }
    }

    private static void WriteField(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case null:
                json.WriteNull(name);
                break;
            default:
                json.WriteString(name, value is IFormattable text ? text.ToString(null, null) : value.ToString());
                break;
        }
    }
}
