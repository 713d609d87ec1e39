using System.Net;
using System.Net.Sockets;

namespace SshFunctions.Hooks.Outside;

/// <summary>TCP ports, tried and found.</summary>
internal static class Ports
{
    private static readonly TimeSpan PatienceWithConnection = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PatienceWithClose = TimeSpan.FromMilliseconds(500);

    /// <summary>A port of this machine's loopback that nobody listens on now.</summary>
    internal static int Free()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether something answers there within three seconds.</summary>
    internal static async Task<bool> AnswersAsync(string host, int port)
    {
        using TcpClient client = new();
        using CancellationTokenSource patience = new(PatienceWithConnection);
        try
        {
            await client.ConnectAsync(host, port, patience.Token);
            return true;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Whether a connection to a port of loopback stands, and is not ended at once from the other side.</summary>
    /// <remarks>ssh takes every connection to a forwarded port, and closes it when the server would not make its end of it.</remarks>
    internal static bool KeepsConnection(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return !socket.Poll(PatienceWithClose, SelectMode.SelectRead) || socket.Available > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
