using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Hosts;

/// <summary>Ends the enrollment of hosts.</summary>
public sealed class HostRemoval
{
    private readonly HostRegistry _hosts;
    private readonly AccessTokenRegistry _tokens;
    private readonly SharedHostKeys _shared;
    private readonly JournalWriter _journal;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="hosts">Where hosts are kept.</param>
    /// <param name="tokens">Where their access tokens are.</param>
    /// <param name="shared">Revokes what was spared for the host's sake.</param>
    /// <param name="journal">Where a removal is recorded first.</param>
    public HostRemoval(HostRegistry hosts, AccessTokenRegistry tokens, SharedHostKeys shared, JournalWriter journal)
    {
        _hosts = hosts;
        _tokens = tokens;
        _shared = shared;
        _journal = journal;
    }

    /// <summary>Removes a host and its access tokens. Its certificates live on until they expire or are revoked; a key that a revoked host had too is revoked with it.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="host">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.NotFound"/> when it is gone already.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; what is left of the host can ask nothing.</exception>
    public async Task<Result<Done>> RemoveAsync(Caller caller, EnrolledHost host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        Result<Done> removed = await _journal.RunAsync<Done>(caller, new JournalEvent.HostRemoved(host.Id, host.Resource), async () =>
        {
            // The host first: from here on nothing is answered to it, whatever becomes of its tokens.
            if (!await _hosts.TryRemoveAsync(host, cancellationToken)) return new Refusal.NotFound($"there is no host {host.Id}", "list them: sshfn host list");
            foreach (AccessToken token in await _tokens.ListAsync(host.Id.Subject, null, cancellationToken).ToArrayAsync(cancellationToken))
                await _tokens.ForgetAsync(token, cancellationToken);
            return Done.Instance;
        }, cancellationToken);
        // After the host is gone: of clones that are removed at one moment, the last sees none. Nobody can repeat it, so nobody ends it.
        if (removed.Succeeded) await _shared.RevokeAbandonedAsync(host.Resource, CancellationToken.None);
        return removed;
    }
}
