using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>A command of sshfn as it stands in <c>exec "…"</c>.</summary>
internal static class HookCommand
{
    // ssh puts the tokens in as they are, and 9.2 lets $ and spaces into a user name: unquoted, the shell would expand them.
    // An editor started from a menu, cron and sudo have another environment than a shell, HOME included: the folders are written down.
    internal static string Render(Folders folders, string program, string command, string tokens) =>
        $"exec {QuotedPath.ForShell(program)} {command} --config {QuotedPath.ForShell(folders.Config)} --state {QuotedPath.ForShell(folders.State)} {tokens}";
}
