using System.Globalization;
using System.Text;

namespace SshFunctions.Benchmarks.Requests;

/// <summary>Requests as they go over the connection.</summary>
internal static class HttpText
{
    public static byte[] Get(string route, string headers = "") => Encoding.ASCII.GetBytes($"GET {route} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    public static byte[] Post(string route, string token, string body) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {route} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));

    /// <summary>The body of an answer; chunks are put together.</summary>
    public static string BodyOf(string answer)
    {
        string[] parts = answer.Split("\r\n\r\n", 2);
        if (!parts[0].Contains("Transfer-Encoding", StringComparison.Ordinal)) return parts[1];
        var body = new StringBuilder();
        for (string rest = parts[1]; ;)
        {
            int length = int.Parse(rest[..rest.IndexOf('\r', StringComparison.Ordinal)], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0) return body.ToString();
            int begin = rest.IndexOf('\n', StringComparison.Ordinal) + 1;
            body.Append(rest, begin, length);
            rest = rest[(begin + length + 2)..];
        }
    }
}
