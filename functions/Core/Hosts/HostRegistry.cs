using SshFunctions.Core.Callers;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Hosts;

/// <summary>Keeps enrolled hosts.</summary>
/// <remarks>Partition <c>hosts</c>: row <c>h:ID</c> is the host, row <c>r:RESOURCE:ID</c> lists it under its resource.</remarks>
public sealed class HostRegistry
{
    private readonly OwnedDocuments<EnrolledHost> _hosts;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where hosts lie.</param>
    public HostRegistry(IStore store) =>
        _hosts = new(store, "hosts", "h:", "r:", CoreJson.Default.EnrolledHost, host => host.Id.Text, host => host.Resource.Text);

    /// <summary>One host.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The host; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<EnrolledHost?> FindAsync(HostId id, CancellationToken cancellationToken) =>
        (await _hosts.ReadAsync(id.Text, cancellationToken))?.Value;

    /// <summary>The host that a caller is.</summary>
    /// <param name="caller">Who sent a request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The host; <see cref="Refusal.Denied"/> for everybody else, and for a host that is enrolled no more.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<EnrolledHost>> RequireAsync(Caller caller, CancellationToken cancellationToken) =>
        HostId.TryOf(caller, out HostId id) && await FindAsync(id, cancellationToken) is { } host
            ? host
            : new Refusal.Denied("only an enrolled host may ask this", "enroll it: sshfn host enroll");

    /// <summary>Keeps a new host.</summary>
    internal Task<bool> TryInsertAsync(EnrolledHost host, CancellationToken cancellationToken) => _hosts.TryInsertAsync(host, cancellationToken);
}
