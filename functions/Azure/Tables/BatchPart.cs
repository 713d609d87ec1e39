using System.Globalization;

namespace SshFunctions.Azure.Tables;

/// <summary>The answer to one change of a batch.</summary>
internal sealed record BatchPart(int Status, string? ETag, string Body)
{
    /// <summary>Reads the lines between two boundaries: headers of the part, a blank line, then a status line, headers, a blank line and a body.</summary>
    /// <exception cref="FormatException">They hold no answer.</exception>
    public static BatchPart Read(string[] lines)
    {
        int first = Array.FindIndex(lines, line => line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal));
        if (first < 0 || lines[first].Length < 12
            || !int.TryParse(lines[first].AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status))
            throw new FormatException("a part of a batch's answer without a status");
        int blank = Array.FindIndex(lines, first, line => line.Length == 0);
        if (blank < 0) blank = lines.Length;
        string? etag = Array.Find(lines[first..blank], line => line.StartsWith("ETag: ", StringComparison.OrdinalIgnoreCase));
        return new BatchPart(status, etag?[6..].Trim(), string.Join('\n', lines[Math.Min(blank + 1, lines.Length)..]).Trim());
    }
}
