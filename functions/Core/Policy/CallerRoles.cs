using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>The roles of one caller at one moment, read once for each project and environment; for a listing, not for a decision.</summary>
/// <remarks>Not safe for use by several threads. Asked in the order of paths, it keeps the resources of one environment at a time.</remarks>
public sealed class CallerRoles
{
    private readonly Caller _caller;
    private readonly GrantRegistry _grants;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<ResourcePath, Role?> _levels = [];
    private Dictionary<ResourcePath, Role> _resources = [];
    private ResourcePath _environment;

    internal CallerRoles(Caller caller, GrantRegistry grants, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(caller);
        _caller = caller;
        _grants = grants;
        _now = now;
    }

    /// <summary>The highest role on a path.</summary>
    /// <param name="path">Where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The role; null for none.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<Role?> FindAsync(ResourcePath path, CancellationToken cancellationToken)
    {
        if (_caller.Kind == CallerKind.System) return Role.Admin;
        Role? best = null;
        foreach (ResourcePath level in path.FromRoot())
        {
            Role? here = level.Depth == 3
                ? await FindOnResourceAsync(level, cancellationToken)
                : await FindOnLevelAsync(level, cancellationToken);
            if (here is not null && (best is null || here > best)) best = here;
        }

        return best;
    }

    /// <summary>Whether the caller has a role on a path, or on something below it: then the path is on the way there.</summary>
    /// <param name="path">A project or an environment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it has.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<bool> ReachAsync(ResourcePath path, CancellationToken cancellationToken)
    {
        if (await FindAsync(path, cancellationToken) is not null) return true;
        await foreach (Grant grant in _grants.ListUnderAsync(_caller, path, cancellationToken))
        {
            if (grant.IsInForce(_now)) return true;
        }

        return false;
    }

    /// <summary>Where the caller has a role, on a path and below it: the places from which on everything is theirs to see.</summary>
    /// <param name="path">Where; the root for everything.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The highest such places, in <see cref="ResourceTree.Order"/>, none covering another; they need not be there any more.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<ImmutableArray<ResourcePath>> ListPlacesAsync(ResourcePath path, CancellationToken cancellationToken)
    {
        if (await FindAsync(path, cancellationToken) is not null) return [path];
        var places = new SortedSet<ResourcePath>(ResourceTree.Order);
        await foreach (Grant grant in _grants.ListUnderAsync(_caller, path, cancellationToken))
            if (grant.IsInForce(_now)) places.Add(grant.Path);
        return [.. places.Where(place => !place.FromRoot().Any(above => above != place && places.Contains(above)))];
    }

    private async Task<Role?> FindOnLevelAsync(ResourcePath level, CancellationToken cancellationToken)
    {
        if (_levels.TryGetValue(level, out Role? known)) return known;
        Role? best = null;
        await foreach (Grant grant in _grants.ListOnAsync(_caller, level, cancellationToken))
        {
            if (grant.IsInForce(_now) && (best is null || grant.Role > best)) best = grant.Role;
        }

        _levels.Add(level, best);
        return best;
    }

    private async Task<Role?> FindOnResourceAsync(ResourcePath resource, CancellationToken cancellationToken)
    {
        if (_environment != resource.Parent)
        {
            var roles = new Dictionary<ResourcePath, Role>();
            await foreach (Grant grant in _grants.ListUnderAsync(_caller, resource.Parent, cancellationToken))
            {
                if (grant.IsInForce(_now) && (!roles.TryGetValue(grant.Path, out Role other) || grant.Role > other))
                    roles[grant.Path] = grant.Role;
            }

            (_environment, _resources) = (resource.Parent, roles);
        }

        return _resources.TryGetValue(resource, out Role role) ? role : null;
    }
}
