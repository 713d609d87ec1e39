using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting;

/// <summary>The address that clients know the broker by, as they write it: what they sign names it.</summary>
/// <remarks>Never taken from a request: who relays one would choose it.</remarks>
internal sealed class BrokerUrl(BrokerProfile profile, IServer server)
{
    /// <summary>The configured address, or the one it listens on when only this machine can reach it.</summary>
    public Result<string> Find()
    {
        if (profile.PublicUrl is { } configured) return configured.AbsoluteUri.TrimEnd('/');
        string? listening = profile.Listen.All(address => address.IsLoopback)
            ? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            : null;
        return listening is not null
            ? listening.TrimEnd('/')
            : new Refusal.Conflict("this broker does not know its own address, which a signature must name", "its operator sets --public-url");
    }
}
