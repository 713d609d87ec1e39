using System.Net;
using System.Net.Sockets;

namespace SshFunctions.Support.Http;

/// <summary>A server on loopback that takes every connection and never answers, as one does that hangs.</summary>
public sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <summary>Starts it; the kernel takes the connections.</summary>
    public SilentServer() => _listener.Start(100);

    /// <summary>Where it listens, without a trailing slash.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
