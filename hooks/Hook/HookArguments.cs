using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Hook;

/// <summary>What stands after <c>sshfn cert</c>: whether to renew, the folders when the managed file names them, then <c>%h %p %r</c>.</summary>
internal readonly record struct HookArguments(Folders Folders, HookDestination Destination, bool Renew)
{
    internal static bool TryParse(ReadOnlySpan<string> arguments, out HookArguments parsed)
    {
        parsed = default;
        Folders? folders = null;
        bool renew = arguments is ["--renew", ..];
        if (renew)
            arguments = arguments[1..];
        if (arguments is ["--config", var config, "--state", var state, .. var rest])
        {
            if (!Path.IsPathRooted(config) || !Path.IsPathRooted(state))
                return false;
            folders = new Folders(config, state, AreDefault: false);
            arguments = rest;
        }

        if (arguments is not [var host, var port, var login] || !HookDestination.TryParse(host, port, login, out HookDestination destination))
            return false;
        parsed = new(folders ?? Folders.Current(), destination, renew);
        return true;
    }
}
