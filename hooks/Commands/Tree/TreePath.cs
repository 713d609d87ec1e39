using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>A path such as <c>acme/production/web</c>, and the routes it leads to.</summary>
internal static class TreePath
{
    internal static string Project(string path) => Route.Of(Routes.Project, Split(path, "acme"));

    internal static string Environment(string path) => Route.Of(Routes.Environment, Split(path, "acme/production"));

    internal static string Resource(string path) => Route.Of(Routes.Resource, Split(path, "acme/production/web"));

    internal static string Environments(string path) => Route.Of(Routes.Environments, Split(path, "acme"));

    internal static string Resources(string path) => Route.Of(Routes.Resources, Split(path, "acme/production"));

    private static string[] Split(string path, string example)
    {
        string[] names = path.Split('/');
        bool fits = names.Length == example.Split('/').Length && names.All(name => name is not ("" or "." or ".."));
        return fits ? names : throw new CommandFailedException(ExitCode.Usage, $"{path} is not a path of that kind", $"write it as {example}");
    }
}
