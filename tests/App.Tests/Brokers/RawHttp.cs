using System.Net.Sockets;
using System.Text;

namespace SshFunctions.App.Tests.Brokers;

/// <summary>Sends bytes that no HTTP client would, and reads to the end of the connection.</summary>
internal static class RawHttp
{
    public static async Task<string> ExchangeAsync(Uri url, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    public static Task<string> GetAsync(Uri url, string target, params string[] headers) => ExchangeAsync(
        url, $"GET {target} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");
}
