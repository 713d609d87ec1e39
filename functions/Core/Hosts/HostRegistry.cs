using SshFunctions.Core.Callers;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Hosts;

/// <summary>Keeps enrolled hosts.</summary>
/// <remarks>Partition <c>hosts</c>: row <c>h:ID</c> is the host, row <c>r:RESOURCE:ID</c> lists it under its resource.</remarks>
public sealed class HostRegistry
{
    internal const string Partition = "hosts";
    private const int MaximumAttempts = 20;
    private readonly OwnedDocuments<EnrolledHost> _hosts;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where hosts lie.</param>
    public HostRegistry(IStore store) =>
        _hosts = new(store, Partition, "h:", "r:", CoreJson.Default.EnrolledHost, host => host.Id.Text, host => host.Resource.Text);

    /// <summary>One host.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The host; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<EnrolledHost?> FindAsync(HostId id, CancellationToken cancellationToken) =>
        (await _hosts.ReadAsync(id.Text, cancellationToken))?.Value;

    /// <summary>The hosts of a path and of what lies below it, by identifier.</summary>
    /// <param name="path">The root, a project, an environment or a resource.</param>
    /// <param name="after">Starts after the host of this identifier; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The hosts.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<EnrolledHost> ListAsync(ResourcePath path, HostId? after, CancellationToken cancellationToken) => path.Depth == 3
        ? _hosts.ListAsync(path.Text, after?.Text, cancellationToken)
        : _hosts.ListAsync(null, after?.Text, cancellationToken).Where(host => path.Covers(host.Resource));

    /// <summary>The host that a caller is.</summary>
    /// <param name="caller">Who sent a request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The host; <see cref="Refusal.Denied"/> for everybody else, and for a host that is enrolled no more.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<EnrolledHost>> RequireAsync(Caller caller, CancellationToken cancellationToken) =>
        HostId.TryOf(caller, out HostId id) && await FindAsync(id, cancellationToken) is { } host
            ? host
            : new Refusal.Denied("only an enrolled host may ask this", "enroll it: sshfn host enroll");

    /// <summary>What keeps a new host, for a commit of partition <c>hosts</c>.</summary>
    internal IEnumerable<DocumentChange> InsertsOf(EnrolledHost host) => _hosts.InsertsOf(host);

    /// <summary>Keeps a new host.</summary>
    internal Task<bool> TryInsertAsync(EnrolledHost host, CancellationToken cancellationToken) => _hosts.TryInsertAsync(host, cancellationToken);

    /// <summary>Changes a host, whoever else does so meanwhile; null when it is enrolled no more.</summary>
    internal async Task<EnrolledHost?> ChangeAsync(HostId id, Func<EnrolledHost, EnrolledHost> change, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            if (await _hosts.ReadAsync(id.Text, cancellationToken) is not { } stored) return null;
            EnrolledHost changed = change(stored.Value);
            if (await _hosts.TryReplaceAsync(stored, changed, cancellationToken)) return changed;
        }

        throw new StoreUnavailableException($"host {id} is changed by others all the time");
    }

    /// <summary>Forgets a host; false when it is gone already.</summary>
    internal async Task<bool> TryRemoveAsync(EnrolledHost host, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            if (await _hosts.TryRemoveAsync(host, cancellationToken)) return true;
            // A report came between; the host is still there.
            if (await FindAsync(host.Id, cancellationToken) is null) return false;
        }

        throw new StoreUnavailableException($"host {host.Id} is changed by others all the time");
    }
}
