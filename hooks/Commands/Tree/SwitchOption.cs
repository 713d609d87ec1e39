using System.CommandLine;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>The options that every put of the tree shares.</summary>
internal static class SwitchOption
{
    internal static Option<string?> Switch() => new("--ssh") { Description = "enabled (when absent) or disabled", HelpName = "switch" };

    internal static Option<string?> Description() => new("--description") { Description = "Free text for people", HelpName = "text" };
}
