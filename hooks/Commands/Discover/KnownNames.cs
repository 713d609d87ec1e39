using SshFunctions.Api;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Discover;

/// <summary>Names for completion, from the list on disk: pressing a key must not wait for a broker.</summary>
internal static class KnownNames
{
    internal static IEnumerable<string> Resources()
    {
        IReadOnlyList<ResourceResponse> resources = Stored();
        return resources.Select(resource => ShortestName(resources, resource.Path)).Order(StringComparer.Ordinal);
    }

    internal static IEnumerable<string> Paths() => Stored()
        .SelectMany(resource => resource.Path.Split('/') is [var project, var environment, _] ? new[] { project, $"{project}/{environment}", resource.Path } : [])
        .Distinct().Order(StringComparer.Ordinal);

    /// <summary>The end of a path that means this resource and no other.</summary>
    internal static string ShortestName(IReadOnlyList<ResourceResponse> resources, string path)
    {
        string[] names = path.Split('/');
        for (int count = 1; count < names.Length; count++)
        {
            string name = string.Join('/', names[^count..]);
            if (resources.Count(other => other.Path.EndsWith("/" + name, StringComparison.Ordinal)) == 1)
                return name;
        }

        return path;
    }

    private static IReadOnlyList<ResourceResponse> Stored()
    {
        try
        {
            return new CatalogStore(Folders.Current()).Read()?.Resources ?? [];
        }
        catch (CommandFailedException)
        {
            return [];
        }
    }
}
