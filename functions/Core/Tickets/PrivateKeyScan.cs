using System.Net;
using System.Text;
using System.Text.Json;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Tickets;

/// <summary>Finds a private key anywhere in a JSON document: in names, in nested text, in attachments in base64, and in parts.</summary>
internal static class PrivateKeyScan
{
    private const int MaximumNesting = 3;
    private const int ShortestBase64 = 40;

    /// <summary>A text that holds it, one from which its public half can be told where there is one; null when there is none.</summary>
    public static string? Find(JsonElement document)
    {
        var texts = new List<string>();
        var hidden = new List<string>();
        Collect(document, texts, hidden, 0);
        // A key that was cut into pieces still leaked.
        string lines = string.Join('\n', texts);
        string[] found = [.. texts.Concat(hidden).Append(lines).Append(string.Concat(texts)).Where(PrivateKeyText.LooksPrivate)];
        return found.FirstOrDefault(text => PrivateKeyText.TryGetPublicHalf(text, out _)) ?? found.FirstOrDefault();
    }

    private static void Collect(JsonElement value, List<string> texts, List<string> hidden, int nesting)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    Add(member.Name, texts, hidden, nesting);
                    Collect(member.Value, texts, hidden, nesting);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray()) Collect(item, texts, hidden, nesting);
                break;
            case JsonValueKind.String:
                Add(value.GetString()!, texts, hidden, nesting);
                break;
        }
    }

    /// <summary>Adds a text, and what it says when it is unpacked, which is no part of the text around it.</summary>
    private static void Add(string text, List<string> texts, List<string> hidden, int nesting)
    {
        texts.Add(text);
        if (nesting == MaximumNesting) return;
        if (text.Contains('%', StringComparison.Ordinal)) hidden.Add(Uri.UnescapeDataString(text));
        if (text.Contains('&', StringComparison.Ordinal)) hidden.Add(WebUtility.HtmlDecode(text));
        if (Decode(text) is { } decoded) Add(decoded, hidden, hidden, nesting + 1);
        string trimmed = text.TrimStart();
        if (trimmed.StartsWith('{') || trimmed.StartsWith('[')) AddJson(text, hidden, nesting + 1);
    }

    private static void AddJson(string text, List<string> hidden, int nesting)
    {
        try
        {
            using JsonDocument nested = JsonDocument.Parse(text);
            Collect(nested.RootElement, hidden, hidden, nesting);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Only text that begins like JSON, or JSON with texts that are no Unicode: the text itself is searched as it is.
        }
    }

    /// <summary>Base64, also after a data address and in its form for URLs; as ASCII, so that text in UTF-16 is found too.</summary>
    private static string? Decode(string text)
    {
        string packed = string.Concat(text[(text.LastIndexOf(',') + 1)..].Where(unit => !char.IsWhiteSpace(unit))).Replace('-', '+').Replace('_', '/').TrimEnd('=');
        if (packed.Length < ShortestBase64 || packed.Length % 4 == 1) return null;
        byte[] bytes = new byte[packed.Length];
        return Convert.TryFromBase64String(packed.PadRight((packed.Length + 3) / 4 * 4, '='), bytes, out int length)
            ? Encoding.Latin1.GetString(bytes, 0, length).Replace("\0", "", StringComparison.Ordinal)
            : null;
    }
}
