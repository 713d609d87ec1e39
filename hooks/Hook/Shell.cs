namespace SshFunctions.Hooks.Hook;

/// <summary>The shell that ssh runs the hook with.</summary>
internal static class Shell
{
    /// <summary>Whether it is a shell and not one of the programs that only refuse a login.</summary>
    internal static bool CanRunCommands(string? path) => Path.GetFileName(path) is not (null or "" or "nologin" or "false" or "true" or "sync");
}
