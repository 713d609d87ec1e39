using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Hook;

/// <summary>The ssh process that runs the hook: its parent, or above the shell that it started the hook with.</summary>
internal static class CallingSsh
{
    private const int MostShells = 3;
    private static readonly string[] Shells = ["sh", "bash", "dash", "zsh", "fish", "ksh", "mksh", "csh", "tcsh", "ash", "busybox"];

    internal static bool ConnectsNowhere()
    {
        int process = ProcessTable.Parent;
        for (int shells = 0; process > 1 && shells <= MostShells; shells++)
        {
            if (ProcessTable.Arguments(process) is not { Length: > 0 } arguments)
                return false;
            string name = Path.GetFileName(arguments[0]).TrimStart('-');
            if (name == "ssh")
                return SshCommandLine.ConnectsNowhere(arguments);
            if (!Shells.Contains(name))
                return false;
            process = ProcessTable.ParentOf(process);
        }

        return false;
    }
}
