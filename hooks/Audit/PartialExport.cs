using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Audit;

/// <summary>The file of an export that is on its way: what the same command saved before it was stopped is kept.</summary>
internal sealed class PartialExport
{
    private const int TailBytes = 2 * 1024 * 1024;

    private PartialExport(string path, FileStream stream, ulong? after) => (Path, Stream, After) = (path, stream, after);

    /// <summary>Its name until it is whole: one for each query, so that no two are mixed.</summary>
    internal string Path { get; }

    /// <summary>Behind its last whole line.</summary>
    internal FileStream Stream { get; }

    /// <summary>The last entry that it holds; null when it begins anew.</summary>
    internal ulong? After { get; }

    internal static PartialExport Open(string file, string query, string format)
    {
        string path = $"{file}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)))[..8]}.part";
        // Its name can be guessed, and the folder may be everybody's.
        FileStream stream = new(Ownership.OpenOwnFile(path), FileAccess.ReadWrite);
        (long end, ulong? after) = LastEntry(stream, format);
        stream.SetLength(end);
        stream.Position = end;
        return new PartialExport(path, stream, after);
    }

    /// <summary>Where the last whole line that is an entry ends, and its serial; the beginning when there is none.</summary>
    private static (long End, ulong? After) LastEntry(FileStream stream, string format)
    {
        long from = Math.Max(0, stream.Length - TailBytes);
        stream.Position = from;
        byte[] tail = new byte[stream.Length - from];
        stream.ReadExactly(tail);
        for (int end = Array.LastIndexOf(tail, (byte)'\n'); end > 0;)
        {
            int start = Array.LastIndexOf(tail, (byte)'\n', end - 1) + 1;
            if (SerialOf(tail.AsSpan(start, end - start), format) is { } serial)
                return (from + end + 1, serial);
            end = start - 1;
        }

        return (0, null);
    }

    private static ulong? SerialOf(ReadOnlySpan<byte> line, string format)
    {
        if (format == "ndjson")
            return EntryLine.TryRead(line, out EntryLine entry) ? ((ulong)entry.Segment << 16) | (uint)entry.Index : null;
        string row = Encoding.UTF8.GetString(line);
        return row.Split(',')[0].Trim('"') is var cell && ulong.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out ulong serial) ? serial : null;
    }
}
