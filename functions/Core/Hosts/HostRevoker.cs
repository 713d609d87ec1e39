using SshFunctions.Core.Callers;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Hosts;

/// <summary>Revokes hosts: what clients and other hosts knew them by counts no more, and they are enrolled no more.</summary>
public sealed class HostRevoker
{
    private readonly HostRegistry _hosts;
    private readonly HostRemoval _removal;
    private readonly RevocationRegistry _revocations;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="hosts">Where hosts are kept.</param>
    /// <param name="removal">Ends the enrollment.</param>
    /// <param name="revocations">Where revocations are kept.</param>
    /// <param name="clock">Times.</param>
    public HostRevoker(HostRegistry hosts, HostRemoval removal, RevocationRegistry revocations, TimeProvider clock)
    {
        _hosts = hosts;
        _removal = removal;
        _revocations = revocations;
        _clock = clock;
    }

    /// <summary>Revokes a host's certificates and keys, and removes the host and its tokens.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="host">Which.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is in force.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public async Task<Result<RevokedAccess>> RevokeAsync(Caller caller, EnrolledHost host, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(host);
        DateTimeOffset now = _clock.GetUtcNow();
        HashSet<string> shared = await KeysOfOthersAsync(host, cancellationToken);
        var revocation = new Revocation(RevocationKind.Host, host.Id.Text, reason, caller.Subject, now, null)
        {
            // Cloned machines of one resource have one key, and the others live on; a host of another resource saves no key.
            Host = new RevokedHost(
                [.. host.HostKeys.Where(key => !shared.Contains(key))], [.. host.Certificates.Where(certificate => certificate.ValidBefore > now)]),
        };
        // Before the host goes, so that whoever is stopped midway still has the host to repeat it with.
        Result<PublishedVersion> result = await _revocations.RevokeAsync(caller, [revocation], reason, cancellationToken);
        if (!result.Try(out PublishedVersion? version, out Refusal? refusal)) return refusal;
        Result<Done> removed = await _removal.RemoveAsync(caller, host, cancellationToken);
        // Somebody else removed it meanwhile, which is as well.
        return removed.Succeeded || removed.Refusal is Refusal.NotFound ? new RevokedAccess(version.Number, [revocation]) : removed.Refusal;
    }

    private async Task<HashSet<string>> KeysOfOthersAsync(EnrolledHost host, CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        await foreach (EnrolledHost other in _hosts.ListAsync(host.Resource, null, cancellationToken))
            if (other.Id != host.Id) keys.UnionWith(other.HostKeys);
        return keys;
    }
}
