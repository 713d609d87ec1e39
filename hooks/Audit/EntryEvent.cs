using System.Text.Json;

namespace SshFunctions.Hooks.Audit;

/// <summary>What an entry records, where it is of a kind that the check itself has to understand.</summary>
internal static class EntryEvent
{
    /// <summary>Reads an entry of one kind; false when it is of another.</summary>
    /// <param name="line">The entry.</param>
    /// <param name="kind">The kind, as the journal writes it.</param>
    /// <param name="entry">The whole entry.</param>
    /// <param name="happened">Its event.</param>
    internal static bool TryRead(ReadOnlySpan<byte> line, ReadOnlySpan<byte> kind, out JsonElement entry, out JsonElement happened)
    {
        (entry, happened) = (default, default);
        // Most entries are told apart without being parsed.
        if (line.IndexOf(kind) < 0)
            return false;
        Utf8JsonReader reader = new(line);
        entry = JsonElement.ParseValue(ref reader);
        return entry.TryGetProperty("event", out happened) && happened.ValueKind == JsonValueKind.Object
            && happened.TryGetProperty("kind", out JsonElement told) && told.ValueKind == JsonValueKind.String && told.ValueEquals(kind);
    }

    internal static long? Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;

    internal static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal static DateTimeOffset? Instant(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out DateTimeOffset time) ? time : null;
}
