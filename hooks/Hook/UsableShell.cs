using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Hook;

/// <summary>ssh runs the hook through <c>$SHELL</c>; a service account's nologin would make it fail without a word.</summary>
internal static class UsableShell
{
    internal static void Ensure()
    {
        if (!Shell.CanRunCommands(Settings.Shell ?? Folders.LoginShell))
            Programs.SetEnvironment("SHELL", "/bin/sh");
    }
}
