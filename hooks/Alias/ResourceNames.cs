using System.Globalization;
using SshFunctions.Api;

namespace SshFunctions.Hooks.Alias;

/// <summary>Which resources a text means.</summary>
/// <remarks>
/// <c>web</c>, <c>production/web</c>, <c>acme/production/web</c>; the same with dots and an instance behind them, as an alias has
/// it (<c>production.web.1</c>); or a host name of the resource. The first of the three ways that fits anything counts. Among dotted
/// readings the full path wins, and else all count: what could mean two things is refused.
/// </remarks>
internal static class ResourceNames
{
    internal const string AliasPrefix = "sshfn.";

    internal static IReadOnlyList<NamedResource> Find(IEnumerable<ResourceResponse> visible, string text)
    {
        ResourceResponse[] all = [.. visible];
        string name = text.ToLowerInvariant();
        if (name.StartsWith(AliasPrefix, StringComparison.Ordinal))
            return FindAlias(all, name[AliasPrefix.Length..]);
        NamedResource[] named = [.. all.Where(resource => IsTailOf(resource.Path, name)).Select(resource => new NamedResource(resource))];
        if (named.Length > 0)
            return named;
        NamedResource[] dotted = FindAlias(all, name);
        return dotted.Length > 0 ? dotted : [.. all.Where(resource => Holds(resource, name)).Select(resource => new NamedResource(resource, Host: name))];
    }

    /// <summary>The alias that means this resource and no other.</summary>
    internal static string AliasOf(string path, int? instance = null) => AliasPrefix + path.Replace('/', '.')
        + (instance is { } number ? "." + number.ToString(CultureInfo.InvariantCulture) : "");

    /// <summary>Whether an address of a resource is this host, or a pattern over it.</summary>
    internal static bool Covers(HostAddress address, string host) => address.Name.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(address.Name[1..], StringComparison.Ordinal) && host.Length >= address.Name.Length
        : address.Name == host;

    private static bool Holds(ResourceResponse resource, string host) => resource.Hosts.Any(address => Covers(address, host));

    private static NamedResource[] FindAlias(ResourceResponse[] all, string dotted)
    {
        List<NamedResource> readings = [.. all.Where(resource => IsDottedTailOf(resource.Path, dotted)).Select(resource => new NamedResource(resource))];
        int dot = dotted.LastIndexOf('.');
        string stem = dot < 0 ? dotted : dotted[..dot];
        if (dot >= 0 && int.TryParse(dotted.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int instance))
            readings.AddRange(all.Where(resource => IsDottedTailOf(resource.Path, stem)).Select(resource => new NamedResource(resource, instance)));
        // Names may hold dots: one that was made to look like another's full name must not take its place.
        NamedResource[] full = [.. readings.Where(reading => IsWhole(reading.Resource.Path, reading.Instance is null ? dotted : stem))];
        return full.Length > 0 ? full : [.. readings];
    }

    private static bool IsWhole(string path, string dotted) => path.Replace('/', '.') == dotted;

    private static bool IsTailOf(string path, string name) =>
        path.EndsWith(name, StringComparison.Ordinal) && (path.Length == name.Length || path[path.Length - name.Length - 1] == '/');

    // Only whole names: a name may hold dots of its own, so "b.c" must not mean the resource "a.b.c".
    private static bool IsDottedTailOf(string path, string dotted)
    {
        string[] names = path.Split('/');
        for (int from = 0; from < names.Length; from++)
        {
            if (string.Join('.', names[from..]) == dotted)
                return true;
        }

        return false;
    }
}
