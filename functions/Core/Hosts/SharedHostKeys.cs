using System.Collections.Immutable;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Hosts;

/// <summary>Host keys that several hosts of one resource have, as cloned machines do: they are revoked with the last of them.</summary>
/// <remarks>
/// A host of another resource saves no key. What a revocation spared stands in it, so that whoever removes the last host finds it, however
/// many go at one moment: each looks after its own host is gone. Whoever dies before is followed by the timer.
/// </remarks>
public sealed class SharedHostKeys
{
    private readonly HostRegistry _hosts;
    private readonly RevocationRegistry _revocations;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="hosts">Where hosts are kept.</param>
    /// <param name="revocations">Where revocations are kept.</param>
    public SharedHostKeys(HostRegistry hosts, RevocationRegistry revocations)
    {
        _hosts = hosts;
        _revocations = revocations;
    }

    /// <summary>Revokes every key that the revocation of a host spared and that no other host has any more; idempotent.</summary>
    /// <param name="resource">What the hosts are; null for any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many revocations it was added to.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public async Task<int> RevokeAbandonedAsync(ResourcePath? resource, CancellationToken cancellationToken)
    {
        Revocation[] sparing = await _revocations.ListHostsAsync(cancellationToken)
            .Where(revocation => revocation.Host is { Spared: not null, Resource: { } place } && (resource ?? place) == place)
            .ToArrayAsync(cancellationToken);
        int count = 0;
        foreach (IGrouping<ResourcePath, Revocation> revocations in sparing.GroupBy(revocation => revocation.Host!.Resource!.Value))
        {
            HashSet<string> spared = [.. revocations.SelectMany(revocation => revocation.Host!.Spared!.Value)];
            HashSet<string> shared = await FindAsync(revocations.Key, null, spared, cancellationToken);
            foreach (Revocation revocation in revocations)
                if (await _revocations.RevokeSparedAsync(revocation.Id, shared, cancellationToken)) count++;
        }

        return count;
    }

    /// <summary>Those of a host's keys that another one has too.</summary>
    internal Task<HashSet<string>> FindAsync(EnrolledHost host, CancellationToken cancellationToken) =>
        FindAsync(host.Resource, host.Id, host.HostKeys.ToHashSet(StringComparer.Ordinal), cancellationToken);

    private async Task<HashSet<string>> FindAsync(ResourcePath resource, HostId? but, HashSet<string> keys, CancellationToken cancellationToken)
    {
        var shared = new HashSet<string>(StringComparer.Ordinal);
        await foreach (EnrolledHost host in _hosts.ListAsync(resource, null, cancellationToken))
        {
            string[] had = [.. host.HostKeys.Where(keys.Contains)];
            if (host.Id == but || had.Length == 0) continue;
            // One that is revoked and enrolled was left so by a broker that died between the two, and saves no key.
            if (await _revocations.FindHostAsync(host.Id, cancellationToken) is null) shared.UnionWith(had);
        }

        return shared;
    }
}
