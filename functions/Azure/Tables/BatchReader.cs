using System.Globalization;
using System.Text;
using System.Text.Json;
using SshFunctions.Azure.Storage;

namespace SshFunctions.Azure.Tables;

/// <summary>Reads the answer to an entity group transaction, strictly: what it does not know is a <see cref="FormatException"/>.</summary>
/// <remarks>
/// The status around the parts is 202 also when nothing happened. All went well: a part with status 204 for each change, in their order. One
/// did not, and nothing happened: one part with its status, whose message begins with the change's index and a colon.
/// Source: "Performing entity group transactions", responses.
/// </remarks>
internal static class BatchReader
{
    /// <summary>Reads it.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="changeCount">How many changes were asked for.</param>
    /// <returns>The answer with either every ETag, or status, code and index of the change that failed.</returns>
    /// <exception cref="FormatException">It is no answer to that many changes.</exception>
    public static StorageAnswer Read(StorageAnswer answer, int changeCount)
    {
        if (answer.Status != 202) throw new FormatException($"a batch answered with status {answer.Status}");
        List<BatchPart> parts = ReadParts(Encoding.UTF8.GetString(answer.Body.Span));
        if (parts.Count == changeCount && parts.All(part => part.Status == 204)) return answer with { ETags = [.. parts.Select(part => part.ETag)] };
        if (parts is not [{ Status: >= 400 } failed]) throw new FormatException($"{parts.Count} answers to {changeCount} changes");
        byte[] body = Encoding.UTF8.GetBytes(failed.Body);
        return answer with
        {
            Status = failed.Status,
            Code = StorageErrorCode.Find(body),
            Body = body,
            FailedIndex = failed.Status < 500 ? IndexOf(body, changeCount) : 0,
        };
    }

    private static List<BatchPart> ReadParts(string body)
    {
        string[] lines = body.ReplaceLineEndings("\n").Split('\n');
        string boundary = "--" + BoundaryOf(lines);
        var parts = new List<BatchPart>();
        int start = Array.IndexOf(lines, boundary);
        while (start >= 0)
        {
            int end = Array.FindIndex(lines, start + 1, line => line.StartsWith(boundary, StringComparison.Ordinal));
            if (end < 0) throw new FormatException("a batch's answer that breaks off");
            parts.Add(BatchPart.Read(lines[(start + 1)..end]));
            start = lines[end] == boundary ? end : -1;
        }

        return parts;
    }

    private static string BoundaryOf(string[] lines)
    {
        const string Name = "boundary=";
        string? header = Array.Find(lines, line => line.StartsWith("Content-Type: multipart/mixed", StringComparison.OrdinalIgnoreCase));
        int at = header?.IndexOf(Name, StringComparison.OrdinalIgnoreCase) ?? -1;
        return at < 0 ? throw new FormatException("a batch's answer without parts") : header![(at + Name.Length)..].Trim().Trim('"');
    }

    private static int IndexOf(byte[] body, int changeCount)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            string message = document.RootElement.GetProperty("odata.error").GetProperty("message").GetProperty("value").GetString() ?? "";
            if (int.TryParse(message.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < changeCount) return index;
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("a batch failed without an error", malformed);
        }

        throw new FormatException("a batch failed without the index of a change");
    }
}
