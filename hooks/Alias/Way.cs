using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Alias;

/// <summary>How a host is reached that is not reached directly.</summary>
/// <param name="Alias">The alias of the resource that connections go through.</param>
/// <param name="Port">Port on that one's loopback which leads on; null where it connects to the host itself.</param>
internal sealed record Way(string Alias, int? Port)
{
    /// <summary>The resource that connections go through; null for none.</summary>
    internal static string? ThroughOf(ResourceResponse resource) =>
        resource.Jump is { Length: > 0 } jump ? jump : resource.Tunnel?.Bastion is { Length: > 0 } bastion ? bastion : null;

    /// <summary>The way to a resource; null for directly, and for what has no name that is safe in an ssh_config line.</summary>
    internal static Way? Of(ResourceResponse resource) =>
        ThroughOf(resource) is { } path && ResourceNames.AliasOf(path) is var alias && AliasFile.IsSafe(alias)
            && (!string.IsNullOrEmpty(resource.Jump) || resource.Tunnel!.Port is > 0 and <= 65535)
            ? new(alias, string.IsNullOrEmpty(resource.Jump) ? resource.Tunnel!.Port : null)
            : null;

    /// <summary>The line for ssh.</summary>
    /// <remarks>
    /// A tunnel's port is no name of the host's: ProxyJump would go to HostName, which must stay what the host certificate says. And
    /// a ProxyCommand is not told which configuration its ssh was given, so that it names one itself, in which aliases always work.
    /// </remarks>
    internal string Render(Folders folders) => Port is { } port
        ? string.Create(CultureInfo.InvariantCulture, $"ProxyCommand ssh -F {QuotedPath.ForShell(ConnectConfig.Ensure(folders))} -W 127.0.0.1:{port} {Alias}")
        : $"ProxyJump {Alias}";
}
