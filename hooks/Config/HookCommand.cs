using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>A command of sshfn as it stands in <c>exec "…"</c>.</summary>
internal static class HookCommand
{
    // ssh puts the tokens in as they are, and 9.2 lets $ and spaces into a user name: unquoted, the shell would expand them.
    // An editor started from a menu has another environment than a shell: folders that came from the environment are written down.
    internal static string Render(Folders folders, string program, string command, string tokens)
    {
        string where = folders.AreDefault ? "" : $"--config {QuotedPath.ForShell(folders.Config)} --state {QuotedPath.ForShell(folders.State)} ";
        return $"exec {QuotedPath.ForShell(program)} {command} {where}{tokens}";
    }
}
