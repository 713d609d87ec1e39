using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace SshFunctions.Benchmarks.Requests;

/// <summary>One connection that is kept alive, by TLS 1.3 or plain; one request at a time, and no more work than that takes.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Stream _stream;
    private readonly byte[] _answer = new byte[256 * 1024];
    private int _length;

    private Connection(Stream stream) => _stream = stream;

    public static async Task<Connection> OpenAsync(int port)
    {
        // The broker made its certificate for this run; who it is doesn't matter here.
#pragma warning disable CA5359
        var stream = new SslStream(await ConnectAsync(port), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls13 });
        return new Connection(stream);
    }

    public static async Task<Connection> OpenPlainAsync(int port) => new(await ConnectAsync(port));

    /// <summary>Sends a request and takes the whole answer.</summary>
    /// <returns>Its status.</returns>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _stream.WriteAsync(request);
        _length = 0;
        while (true)
        {
            int read = await _stream.ReadAsync(_answer.AsMemory(_length));
            if (read == 0) throw new InvalidOperationException("the broker closed the connection");
            _length += read;
            if (IsWhole(_answer.AsSpan(0, _length))) return StatusOf(_answer);
        }
    }

    public string LastAnswer => Encoding.UTF8.GetString(_answer.AsSpan(0, _length));

    public void Dispose() => _stream.Dispose();

    private static async Task<NetworkStream> ConnectAsync(int port)
    {
        for (int tries = 0; ; tries++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (tries < 2000)
            {
                socket.Dispose();
                Thread.Sleep(5); // It is starting; asking without a pause would take its time.
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        int headers = answer.IndexOf("\r\n\r\n"u8);
        if (headers < 0) return false;
        int at = answer[..headers].IndexOf("Content-Length: "u8);
        if (at >= 0)
        {
            ReadOnlySpan<byte> value = answer[(at + 16)..];
            _ = System.Buffers.Text.Utf8Parser.TryParse(value, out int content, out _);
            return answer.Length >= headers + 4 + content;
        }

        return answer[..headers].IndexOf("Transfer-Encoding"u8) < 0 || answer.EndsWith("0\r\n\r\n"u8);
    }

    private static int StatusOf(ReadOnlySpan<byte> answer) =>
        System.Buffers.Text.Utf8Parser.TryParse(answer[9..12], out int status, out _) ? status : 0;
}
