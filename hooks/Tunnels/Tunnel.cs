using System.Text.Json.Serialization;

namespace SshFunctions.Hooks.Tunnels;

/// <summary>One forwarded port, held open by one ssh in the background.</summary>
internal sealed class Tunnel
{
    /// <summary>Resource, instance and service: the same tunnel always has the same one.</summary>
    public required string Id { get; init; }

    public required string Resource { get; init; }

    public required string Service { get; init; }

    /// <summary>What it reaches, as the resource sees it.</summary>
    public required string Target { get; init; }

    /// <summary>Port on this machine's loopback.</summary>
    public required int LocalPort { get; init; }

    public required DateTimeOffset Opened { get; init; }

    [JsonIgnore]
    internal string LocalAddress => $"127.0.0.1:{LocalPort}";
}
