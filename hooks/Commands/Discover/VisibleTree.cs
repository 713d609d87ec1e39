using SshFunctions.Api;

namespace SshFunctions.Hooks.Commands.Discover;

/// <summary>The projects and environments above the resources that the caller may see.</summary>
internal static class VisibleTree
{
    internal static IEnumerable<(string Project, string Environment, ResourceResponse Resource)> Split(IEnumerable<ResourceResponse> resources) =>
        from resource in resources
        let names = resource.Path.Split('/')
        where names.Length == 3
        select (names[0], names[1], resource);
}
