using System.Net;
using System.Net.Sockets;

namespace SshFunctions.Support.Processes;

/// <summary>Ports of 127.0.0.1 for servers that are told theirs before they start.</summary>
public static class LoopbackPort
{
    /// <summary>A port that nobody listens on now; somebody may take it before it is used.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
