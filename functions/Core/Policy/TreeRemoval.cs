using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>Removes places of the tree that nothing depends on: nothing lies below them, no grant is on them and no host is enrolled as them.</summary>
/// <remarks>A grant that stayed behind would give access again to whoever makes a place of the same name; a host would be that place.</remarks>
public sealed class TreeRemoval
{
    private readonly ResourceTree _tree;
    private readonly GrantRegistry _grants;
    private readonly HostRegistry _hosts;
    private readonly AccessRuleRegistry _rules;
    private readonly AccessRequests _requests;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="tree">Where the place is removed.</param>
    /// <param name="grants">Where grants on it are looked for.</param>
    /// <param name="hosts">Where hosts enrolled as it are looked for.</param>
    /// <param name="rules">Where its rule of access requests goes with it.</param>
    /// <param name="requests">Where requests for it are ended.</param>
    public TreeRemoval(ResourceTree tree, GrantRegistry grants, HostRegistry hosts, AccessRuleRegistry rules, AccessRequests requests)
    {
        _tree = tree;
        _grants = grants;
        _hosts = hosts;
        _rules = rules;
        _requests = requests;
    }

    /// <summary>Removes a project, an environment or a resource, then its rule of access requests and what waits for it. Repeating it does the rest.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="path">Which; not the root.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.NotFound"/>, or <see cref="Refusal.Conflict"/> that names what depends on it.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> RemoveAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken)
    {
        await foreach (Grant grant in _grants.ListBelowAsync(path, null, cancellationToken))
            return new Refusal.Conflict($"grant {grant.Id} is on {grant.Path}", $"remove it first: sshfn grant remove {grant.Id}");
        await foreach (EnrolledHost host in _hosts.ListAsync(path, null, cancellationToken))
            return new Refusal.Conflict($"host {host.Id} is enrolled as {host.Resource}", $"remove it first: sshfn host remove {host.Id}");
        Result<Done> removed = await _tree.RemoveAsync(caller, path, cancellationToken);
        if (removed.Refusal is not (null or Refusal.NotFound)) return removed;
        // A place of the same name that somebody makes later must not come with them.
        if (await _rules.FindAsync(path, cancellationToken) is not null) await _rules.RemoveAsync(caller, path, cancellationToken);
        await _requests.CloseBelowAsync(caller, path, cancellationToken);
        return removed;
    }
}
