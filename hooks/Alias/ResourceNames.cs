using System.Globalization;
using SshFunctions.Api;

namespace SshFunctions.Hooks.Alias;

/// <summary>Which resources a text means.</summary>
/// <remarks>
/// <c>web</c>, <c>production/web</c>, <c>acme/production/web</c>; the same with dots and an instance behind them, as an alias has
/// it (<c>production.web.1</c>); or a host name of the resource. The first way that fits anything counts, so that a name never turns
/// ambiguous by what it could mean in another way.
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
        NamedResource[] whole = [.. all.Where(resource => IsDottedTailOf(resource.Path, dotted)).Select(resource => new NamedResource(resource))];
        int dot = dotted.LastIndexOf('.');
        if (whole.Length > 0 || dot < 0 || !int.TryParse(dotted.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int instance))
            return whole;
        return [.. all.Where(resource => IsDottedTailOf(resource.Path, dotted[..dot])).Select(resource => new NamedResource(resource, instance))];
    }

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
