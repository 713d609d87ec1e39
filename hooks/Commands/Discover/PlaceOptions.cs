using System.CommandLine;

namespace SshFunctions.Hooks.Commands.Discover;

/// <summary>The options that narrow a name or a list.</summary>
internal static class PlaceOptions
{
    internal static Option<string?> Project() => new("--project", "-p") { Description = "Only in this project", HelpName = "name" };

    internal static Option<string?> Environment() => new("--environment", "-e") { Description = "Only in environments of this name", HelpName = "name" };

    internal static Option<int?> Instance() => new("--instance", "-i") { Description = "A numbered instance of the resource", HelpName = "number" };

    internal static Argument<string> Resource() => new("resource")
    {
        Description = "Its name, environment/name or whole path; a name that means several is refused with a list of them",
        HelpName = "resource",
        CompletionSources = { _ => KnownNames.Resources() },
    };
}
