using SshFunctions.Api;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Broker;

/// <summary>The patterns under which, the operator says, every resource lies.</summary>
internal static class OperatorPatterns
{
    /// <summary>Those that are narrow enough; a wider one would get the broker's host CA trusted for hosts that are not its own.</summary>
    internal static async Task<IReadOnlyList<string>> ReadAsync(BrokerClient client, CancellationToken cancellationToken)
    {
        // A broker older than this route has no patterns.
        if (await client.FindAsync(Routes.SshConfig, cancellationToken) is not { } answer)
            return [];
        IReadOnlyList<string> patterns = answer.Read(Contract.Json.SshConfigResponse).HostPatterns;
        foreach (string wide in patterns.Where(pattern => !HostPattern.IsBelowDomain(pattern)))
            Terminal.Warning($"the broker's host pattern {wide} is left out: it is not of the form *.example.com");
        return [.. patterns.Where(HostPattern.IsBelowDomain)];
    }
}
