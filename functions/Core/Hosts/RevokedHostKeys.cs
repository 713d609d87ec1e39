using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Hosts;

/// <summary>Collects the revoked keys of hosts, and keeps of each project the newest.</summary>
/// <remarks>One call at a time. What it holds grows with projects and not with revocations.</remarks>
internal sealed class RevokedHostKeys(int maximumPerProject)
{
    private readonly Dictionary<ResourcePath, Dictionary<string, Revocation>> _projects = [];

    /// <summary>Takes the keys of one revocation.</summary>
    public void Add(Revocation revocation)
    {
        if (revocation.Host is not { } host) return;
        // The root stands for revocations that noted no resource.
        ResourcePath project = host.Resource?.Parent.Parent ?? ResourcePath.Root;
        if (!_projects.TryGetValue(project, out Dictionary<string, Revocation>? keys)) _projects[project] = keys = new(StringComparer.Ordinal);
        foreach (string key in host.Keys)
        {
            // Clones have one key, which is told once.
            if (keys.TryGetValue(key, out Revocation? told) && IsNewer(told, revocation)) continue;
            keys[key] = revocation;
        }

        // Not at each key: sorting once for as many as are kept costs little.
        if (keys.Count > 2 * MaximumOf(project)) _projects[project] = new(NewestOf(project, keys), StringComparer.Ordinal);
    }

    /// <summary>The newest of each project first, then the second of each: where not all can be told, no project crowds out another.</summary>
    public IEnumerable<(string Key, Revocation Revocation)> List() => _projects
        .SelectMany(project => NewestOf(project.Key, project.Value).Select((each, rank) => (each.Key, Revocation: each.Value, Rank: rank)))
        .OrderBy(each => each.Rank)
        .ThenByDescending(each => each.Revocation.Created)
        .ThenBy(each => each.Revocation.Id, StringComparer.Ordinal)
        .ThenBy(each => each.Key, StringComparer.Ordinal)
        .Select(each => (each.Key, each.Revocation));

    // Of revocations that noted no resource nobody knows how many projects they are of.
    private long MaximumOf(ResourcePath project) => project == ResourcePath.Root ? int.MaxValue : maximumPerProject;

    private IEnumerable<KeyValuePair<string, Revocation>> NewestOf(ResourcePath project, Dictionary<string, Revocation> keys) => keys
        .OrderByDescending(each => each.Value.Created)
        .ThenBy(each => each.Value.Id, StringComparer.Ordinal)
        .ThenBy(each => each.Key, StringComparer.Ordinal)
        .Take((int)MaximumOf(project));

    private static bool IsNewer(Revocation one, Revocation other) =>
        one.Created > other.Created || (one.Created == other.Created && string.CompareOrdinal(one.Id, other.Id) <= 0);
}
