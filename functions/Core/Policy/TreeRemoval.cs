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

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="tree">Where the place is removed.</param>
    /// <param name="grants">Where grants on it are looked for.</param>
    /// <param name="hosts">Where hosts enrolled as it are looked for.</param>
    public TreeRemoval(ResourceTree tree, GrantRegistry grants, HostRegistry hosts)
    {
        _tree = tree;
        _grants = grants;
        _hosts = hosts;
    }

    /// <summary>Removes a project, an environment or a resource.</summary>
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
        return await _tree.RemoveAsync(caller, path, cancellationToken);
    }
}
