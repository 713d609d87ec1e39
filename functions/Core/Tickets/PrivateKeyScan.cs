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

    /// <summary>The text that holds it; null when there is none.</summary>
    public static string? Find(JsonElement document)
    {
        var texts = new List<string>();
        Collect(document, texts, 0);
        string? found = texts.FirstOrDefault(PrivateKeyText.LooksPrivate);
        string lines = string.Join('\n', texts);
        // A key that was cut into pieces still leaked.
        if (found is null && !PrivateKeyText.LooksPrivate(lines) && !PrivateKeyText.LooksPrivate(string.Concat(texts))) return null;
        return found is not null && PrivateKeyText.TryGetPublicHalf(found, out _) ? found : lines;
    }

    private static void Collect(JsonElement value, List<string> texts, int nesting)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    Add(member.Name, texts, nesting);
                    Collect(member.Value, texts, nesting);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray()) Collect(item, texts, nesting);
                break;
            case JsonValueKind.String:
                Add(value.GetString()!, texts, nesting);
                break;
        }
    }

    private static void Add(string text, List<string> texts, int nesting)
    {
        texts.Add(text);
        if (nesting == MaximumNesting) return;
        if (text.Contains('%', StringComparison.Ordinal)) texts.Add(Uri.UnescapeDataString(text));
        if (text.Contains('&', StringComparison.Ordinal)) texts.Add(WebUtility.HtmlDecode(text));
        if (Decode(text) is { } decoded) Add(decoded, texts, nesting + 1);
        string trimmed = text.TrimStart();
        if (trimmed.StartsWith('{') || trimmed.StartsWith('[')) AddJson(text, texts, nesting + 1);
    }

    private static void AddJson(string text, List<string> texts, int nesting)
    {
        try
        {
            using JsonDocument nested = JsonDocument.Parse(text);
            Collect(nested.RootElement, texts, nesting);
        }
        catch (JsonException)
        {
            // Only text that begins like JSON.
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
