using SshFunctions.Core.Callers;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Hosts;

/// <summary>Revokes hosts: what clients and other hosts knew them by counts no more, and they are enrolled no more.</summary>
public sealed class HostRevoker
{
    private readonly SharedHostKeys _shared;
    private readonly HostRemoval _removal;
    private readonly RevocationRegistry _revocations;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="shared">Says which keys other hosts have too.</param>
    /// <param name="removal">Ends the enrollment.</param>
    /// <param name="revocations">Where revocations are kept.</param>
    /// <param name="clock">Times.</param>
    public HostRevoker(SharedHostKeys shared, HostRemoval removal, RevocationRegistry revocations, TimeProvider clock)
    {
        _shared = shared;
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
        HashSet<string> shared = await _shared.FindAsync(host, cancellationToken);
        ILookup<bool, string> keys = host.HostKeys.ToLookup(shared.Contains);
        var revocation = new Revocation(RevocationKind.Host, host.Id.Text, reason, caller.Subject, now, null)
        {
            Host = new RevokedHost([.. keys[false]], [.. host.Certificates.Where(certificate => certificate.ValidBefore > now)])
            {
                Resource = host.Resource,
                // The others live on with these; the removal of the last of them revokes them.
                Spared = keys[true].Any() ? [.. keys[true]] : null,
            },
        };
        // Before the host goes, so that whoever is stopped midway still has the host to repeat it with.
        Result<PublishedVersion> result = await _revocations.RevokeAsync(caller, [revocation], reason, cancellationToken);
        if (!result.Try(out PublishedVersion? version, out Refusal? refusal)) return refusal;
        Result<Done> removed = await _removal.RemoveAsync(caller, host, cancellationToken);
        // Somebody else removed it meanwhile, which is as well.
        return removed.Succeeded || removed.Refusal is Refusal.NotFound ? new RevokedAccess(version.Number, [revocation]) : removed.Refusal;
    }
}
