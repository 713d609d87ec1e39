using System.Text.Json;
using System.Text.Unicode;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>The members of a token's header or payload.</summary>
internal sealed class TokenClaims
{
    // A claim is a text, a number, a list, or at most an object such as "act" or "address".
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };
    private readonly Dictionary<string, JsonElement> _members;

    private TokenClaims(Dictionary<string, JsonElement> members) => _members = members;

    /// <summary>Reads one JSON object; null when it is none, names a member twice at any depth, or is no Unicode.</summary>
    public static TokenClaims? TryParse(byte[] utf8)
    {
        if (!Utf8.IsValid(utf8)) return null;
        try
        {
            // Not disposed: its buffers then die with it, where returned ones could be read on by a claim that escaped.
            JsonElement root = JsonDocument.Parse(utf8, Strict).RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            var members = new Dictionary<string, JsonElement>(root.GetPropertyCount(), StringComparer.Ordinal);
            foreach (JsonProperty member in root.EnumerateObject())
                members.Add(member.Name, member.Value);
            return new TokenClaims(members);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperationException: an escaped lone surrogate.
        }
    }

    /// <summary>Claims that came otherwise than as a token: one value is a text, several are a list.</summary>
    public static TokenClaims Of(IEnumerable<KeyValuePair<string, SortedSet<string>>> values) =>
        new(values.ToDictionary(claim => claim.Key, claim => ElementOf(claim.Value), StringComparer.Ordinal));

    private static JsonElement ElementOf(SortedSet<string> values)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (values.Count != 1) writer.WriteStartArray();
            foreach (string value in values) writer.WriteStringValue(value);
            if (values.Count != 1) writer.WriteEndArray();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>A claim that is one text; null when it is absent or of another kind.</summary>
    public string? Text(string name) =>
        _members.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? TextOf(value) : null;

    /// <summary>Every text of a claim that is a text, a truth, a number or a list of them; nothing for any other.</summary>
    public IEnumerable<string> Values(string name)
    {
        if (!_members.TryGetValue(name, out JsonElement value)) return [];
        return value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(ScalarOf).OfType<string>()
            : ScalarOf(value) is { } scalar ? [scalar] : [];
    }

    /// <summary>A claim that is one text, truth or number, as text; null when it is absent or of another kind.</summary>
    public string? Scalar(string name) => _members.TryGetValue(name, out JsonElement value) ? ScalarOf(value) : null;

    /// <summary>Reads a NumericDate; a fraction of a second is cut off.</summary>
    /// <returns>Whether it is absent, with null, or a time of the years 1970 to 9999.</returns>
    public bool TryInstant(string name, out DateTimeOffset? instant)
    {
        instant = null;
        if (!_members.TryGetValue(name, out JsonElement value)) return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double seconds)
            || !(seconds >= 0 && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds())) return false;
        instant = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return true;
    }

    private static string? ScalarOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TextOf(value),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // An escaped lone surrogate: JSON, but no text.
        }
    }
}
