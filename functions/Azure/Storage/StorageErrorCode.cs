using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Core;

namespace SshFunctions.Azure.Storage;

/// <summary>Finds storage's name of an error: in a header, in tables' JSON, or in the XML of queues and of every refused signature.</summary>
internal static partial class StorageErrorCode
{
    private const int MaximumLength = 64;

    /// <summary>Finds it; null when the answer holds none, as one of something between here and storage.</summary>
    public static string? Find(ResponseHeaders headers, ReadOnlyMemory<byte> body)
    {
        if (headers.TryGetValue("x-ms-error-code", out string? named)) return Check(named);
        return Find(body);
    }

    /// <summary>Finds it in a body.</summary>
    public static string? Find(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("odata.error", out JsonElement error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out JsonElement code) && code.ValueKind == JsonValueKind.String
                ? Check(code.GetString())
                : null;
        }
        catch (JsonException)
        {
            return Check(XmlCode().Match(Encoding.UTF8.GetString(body.Span)).Groups[1].Value);
        }
    }

    // It goes into logs: a name and nothing else.
    private static string? Check(string? code) =>
        code is { Length: > 0 and <= MaximumLength } && code.All(char.IsAsciiLetterOrDigit) ? code : null;

    [GeneratedRegex("<(?:[a-z]+:)?[Cc]ode>([A-Za-z0-9]{1,64})</")]
    private static partial Regex XmlCode();
}
