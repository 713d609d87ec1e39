using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>Where the API keeps the rule of a path.</summary>
internal static class RulePath
{
    internal static string Of(string path) => Route.Query(Routes.AccessRule, ("path", path));
}
