using System.CommandLine;
using System.Globalization;
using SshFunctions.Hooks.Outside;
using SshFunctions.Hooks.Tunnels;

namespace SshFunctions.Hooks.Commands.Tunnels;

/// <summary>The tunnels that stand; what is left of others is taken away.</summary>
internal sealed class ListTunnelsCommand : SshfnCommand
{
    internal ListTunnelsCommand()
        : base("list", "The tunnels that are open", "sshfn tunnel list --json") => Run(List);

    private static int List(ParseResult arguments)
    {
        TunnelFolder tunnels = new(Folders.Current());
        using FileLock held = tunnels.Lock();
        return Rows(
            arguments, [.. TunnelRows.Columns, "process"],
            [.. tunnels.Clean().Select(standing => TunnelRows.Of(standing.Tunnel).Append(standing.Process.ToString(CultureInfo.InvariantCulture)).ToArray())]);
    }
}
