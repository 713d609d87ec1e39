using System.Globalization;
using System.Text;

namespace SshFunctions.Support.Azurite;

/// <summary>One HTTP/1.1 message as it came over the wire.</summary>
/// <param name="Head">Start line and headers with the blank line after them.</param>
/// <param name="Body">The body with its chunks as they were sent.</param>
internal sealed record RawHttpMessage(string Head, byte[] Body)
{
    /// <summary>The status of an answer.</summary>
    public int Status => int.Parse(Head.AsSpan(9, 3), CultureInfo.InvariantCulture);

    public bool IsSuccess => Status < 300;

    /// <summary>The verb of a request.</summary>
    public string Verb => Head[..Head.IndexOf(' ', StringComparison.Ordinal)];

    /// <summary>A header; null where it is absent.</summary>
    public string? Header(string name) => Header(Head, name);

    public byte[] ToBytes() => [.. Encoding.Latin1.GetBytes(Head), .. Body];

    /// <summary>Reads the next message of a connection; null at its end.</summary>
    public static async Task<RawHttpMessage?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        string? head = await ReadUntilAsync(stream, "\r\n\r\n", cancellationToken);
        if (head is null) return null;
        if (Header(head, "Transfer-Encoding") is "chunked") return new RawHttpMessage(head, await ReadChunksAsync(stream, cancellationToken));
        byte[] body = new byte[int.Parse(Header(head, "Content-Length") ?? "0", CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return new RawHttpMessage(head, body);
    }

    private static string? Header(string head, string name)
    {
        string? line = Array.Find(head.Split("\r\n"), line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return line?[(name.Length + 1)..].Trim();
    }

    private static async Task<byte[]> ReadChunksAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var chunks = new MemoryStream();
        while (true)
        {
            string line = await ReadUntilAsync(stream, "\r\n", cancellationToken) ?? throw new EndOfStreamException();
            byte[] chunk = new byte[int.Parse(line.AsSpan(0, line.Length - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) + 2];
            await stream.ReadExactlyAsync(chunk, cancellationToken);
            chunks.Write(Encoding.Latin1.GetBytes(line));
            chunks.Write(chunk);
            if (chunk.Length == 2) return chunks.ToArray();
        }
    }

    private static async Task<string?> ReadUntilAsync(Stream stream, string end, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        byte[] unit = new byte[1];
        while (!EndsWith(text, end))
        {
            if (await stream.ReadAsync(unit, cancellationToken) == 0) return null;
            text.Append((char)unit[0]);
        }

        return text.ToString();
    }

    private static bool EndsWith(StringBuilder text, string end) =>
        text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;
}
