using System.Diagnostics.CodeAnalysis;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Hook;

/// <summary>The folders that a managed file names to the commands which ssh runs from it.</summary>
internal static class HookFolders
{
    /// <summary>Takes <c>--config FOLDER --state FOLDER</c> from the front when it stands there; else the folders of this process.</summary>
    internal static bool TryTake(ref ReadOnlySpan<string> arguments, [NotNullWhen(true)] out Folders? folders)
    {
        folders = null;
        if (arguments is not ["--config", var config, "--state", var state, .. var rest])
        {
            folders = Folders.Current();
            return true;
        }

        if (!Path.IsPathRooted(config) || !Path.IsPathRooted(state))
            return false;
        folders = new Folders(config, state);
        arguments = rest;
        return true;
    }
}
