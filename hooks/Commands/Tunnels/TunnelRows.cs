using System.Globalization;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Tunnels;

namespace SshFunctions.Hooks.Commands.Tunnels;

/// <summary>Tunnels as people read them.</summary>
internal static class TunnelRows
{
    internal static string[] Columns { get; } = ["id", "resource", "service", "target", "local", "opened"];

    internal static string?[] Of(Tunnel tunnel) =>
        [tunnel.Id, tunnel.Resource, tunnel.Service, tunnel.Target, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{tunnel.LocalPort}"), Moment.Text(tunnel.Opened)];
}
