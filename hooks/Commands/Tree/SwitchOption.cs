using System.CommandLine;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>The options that every put of the tree shares.</summary>
internal static class SwitchOption
{
    internal static Option<string?> Switch() => new("--ssh")
    {
        Description = "enabled or disabled; a new one is enabled. Disabled, nothing more is minted, but certificates already minted live on"
            + " until they expire: sshfn revoke --grant ID --reason TEXT ends them now",
        HelpName = "switch",
    };

    internal static Option<string?> Description() => new("--description") { Description = "Free text for people", HelpName = "text" };

    /// <summary>An empty description as the API's requests have it: absent.</summary>
    internal static string? Kept(string? description) => string.IsNullOrEmpty(description) ? null : description;
}
