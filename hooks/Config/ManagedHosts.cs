using SshFunctions.Api;
using SshFunctions.Hooks.Alias;

namespace SshFunctions.Hooks.Config;

/// <summary>From what the broker shows to the hosts, patterns and jumps of the managed file.</summary>
internal static class ManagedHosts
{
    internal static ManagedFile Of(ManagedFile before, IEnumerable<string> brokerPatterns, IReadOnlyList<ResourceResponse> resources)
    {
        HostAddress[] addresses = [.. resources.SelectMany(resource => resource.Hosts)];
        // A wildcard of a resource is as good as one of the operator, and as narrow.
        string[] wide = [.. brokerPatterns.Concat(addresses.Select(address => address.Name)).Where(HostPattern.IsBelowDomain).Distinct().Order(StringComparer.Ordinal)];
        ManagedFile managed = before with { BrokerPatterns = wide };
        string[] patterns = [.. managed.AllPatterns];
        IEnumerable<string> named = addresses.Select(address => address.Name).Where(HostPattern.IsOneHost)
            .Where(host => !patterns.Any(pattern => HostPattern.Matches(pattern, host))).Order(StringComparer.Ordinal);
        return managed with
        {
            Hosts = [.. before.Patterns.Where(HostPattern.IsOneHost).Concat(named).Distinct()],
            Foreign = [.. resources.Where(IsForeign).SelectMany(resource => resource.Hosts).Select(address => address.Name)],
            Ways = [.. Ways(resources)],
        };
    }

    /// <summary>Whether its hosts are somebody else's: no host certificate of ours is on them, so our CA must not be trusted for them.</summary>
    internal static bool IsForeign(ResourceResponse resource) => resource.Profile == "github";

    // ssh_config can't tell ports apart: a host that is reached both ways keeps the user's own.
    private static IEnumerable<(string Host, Way Way)> Ways(IReadOnlyList<ResourceResponse> resources) =>
        from resource in resources
        from address in resource.Hosts
        where HostPattern.IsOneHost(address.Name)
        group Way.Of(resource) by address.Name into host
        orderby host.Key
        where host.Distinct().Count() == 1 && host.First() is not null
        select (host.Key, host.First()!);
}
