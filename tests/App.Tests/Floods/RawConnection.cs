using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SshFunctions.App.Tests.Floods;

/// <summary>A connection that sends whatever a test wants, from an address of loopback that no honest caller has.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private RawConnection()
    {
    }

    /// <summary>Opens one.</summary>
    /// <param name="url">The broker.</param>
    /// <param name="from">The last byte of the source address, 127.0.0.x.</param>
    public static async Task<RawConnection> OpenAsync(Uri url, byte from = 2)
    {
        var connection = new RawConnection();
        connection._socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, from]), 0));
        await connection._socket.ConnectAsync(IPAddress.Loopback, url.Port);
        return connection;
    }

    /// <summary>Sends text, a byte for each character.</summary>
    /// <returns>Whether the other end still took it.</returns>
    public async Task<bool> SendAsync(string text)
    {
        try
        {
            await _socket.SendAsync(Encoding.Latin1.GetBytes(text));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Says that no more comes.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Reads to the end of the connection; what came before a reset counts.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer) is > 0 and int count) text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (SocketException)
        {
            // A reset ends it as well.
        }

        return text.ToString();
    }

    /// <summary>Sends a whole request, and reads to the end.</summary>
    public static async Task<string> ExchangeAsync(Uri url, string request, byte from = 2)
    {
        using RawConnection connection = await OpenAsync(url, from);
        await connection.SendAsync(request);
        return await connection.ReadToEndAsync();
    }

    public void Dispose() => _socket.Dispose();
}
