using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Hook;

/// <summary>What stands after <c>sshfn cert</c>: how, the folders when the managed file names them, then <c>%h %p %r</c>.</summary>
/// <param name="Folders">Where everything lies.</param>
/// <param name="Destination">What is about to be reached.</param>
/// <param name="Renew">A new certificate although the present one holds.</param>
/// <param name="StepAside">The host was only matched by a pattern: when it is no resource, that is no failure.</param>
internal readonly record struct HookArguments(Folders Folders, HookDestination Destination, bool Renew, bool StepAside)
{
    internal static bool TryParse(ReadOnlySpan<string> arguments, out HookArguments parsed)
    {
        parsed = default;
        bool renew = arguments is ["--renew", ..];
        bool stepAside = arguments is ["--step-aside", ..];
        if (renew || stepAside)
            arguments = arguments[1..];
        if (!HookFolders.TryTake(ref arguments, out Folders? folders))
            return false;
        if (arguments is not [var host, var port, var login] || !HookDestination.TryParse(host, port, login, out HookDestination destination))
            return false;
        parsed = new(folders, destination, renew, stepAside);
        return true;
    }
}
