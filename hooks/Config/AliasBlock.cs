using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>The lines that let ssh know <c>sshfn.web</c> and the like, also for resources that are made later.</summary>
/// <remarks>
/// The first Match is false where the name means nothing, and then nothing of the Include holds. The second runs once the host is
/// known: listed hosts have a line of their own, and a name that stayed what it was has no host.
/// </remarks>
internal static class AliasBlock
{
    internal const string Names = "sshfn.*";

    private const string FirstCriteria = $"Match !final originalhost \"{Names}\"";

    internal static string Render(Folders folders, string program, IEnumerable<string> listed) => $"""
        {FirstCriteria} exec "{HookCommand.Render(folders, program, "alias", "'%n'")}"
          Include {QuotedPath.ForSsh(folders.Aliases)[..^1]}/*.conf"
        Match final originalhost "{Names}" !host "{string.Join(',', listed.Prepend(Names))}" exec "{HookCommand.Render(folders, program, "cert", "'%h' '%p' '%r'")}"
        """;

    /// <summary>Whether a configuration has these lines already; one that an older sshfn wrote has not.</summary>
    internal static bool IsIn(string? configuration) => configuration?.Contains(FirstCriteria, StringComparison.Ordinal) == true;
}
