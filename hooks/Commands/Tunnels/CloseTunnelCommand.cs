using System.CommandLine;
using SshFunctions.Hooks.Outside;
using SshFunctions.Hooks.Tunnels;

namespace SshFunctions.Hooks.Commands.Tunnels;

/// <summary>Ends one tunnel, or all.</summary>
internal sealed class CloseTunnelCommand : SshfnCommand
{
    private readonly Argument<string?> _id = new("id")
    {
        Description = "Which one, as sshfn tunnel list shows it",
        HelpName = "id",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { _ => Known() },
    };

    private readonly Option<bool> _all = new("--all") { Description = "Every one" };

    internal CloseTunnelCommand()
        : base("close", "Close a tunnel, or all", "sshfn tunnel close acme.production.web-database\nsshfn tunnel close --all")
    {
        Arguments.Add(_id);
        Options.Add(_all);
        Run(Close);
    }

    private int Close(ParseResult arguments)
    {
        string? id = arguments.GetValue(_id);
        if ((id is not null) == arguments.GetValue(_all))
            throw new CommandFailedException(ExitCode.Usage, "which tunnel: give its id, or --all", "sshfn tunnel list");
        TunnelFolder tunnels = new(Folders.Current());
        using FileLock held = tunnels.Lock();
        var standing = tunnels.Clean();
        Tunnel[] chosen = [.. standing.Select(open => open.Tunnel).Where(tunnel => id is null || tunnel.Id == id)];
        if (id is not null && chosen.Length == 0)
        {
            string open = string.Join(", ", standing.Select(tunnel => tunnel.Tunnel.Id));
            throw new CommandFailedException(ExitCode.NotFound, $"no tunnel {id} is open", open.Length == 0 ? "none is" : $"open are {open}");
        }

        foreach (Tunnel tunnel in chosen)
            tunnels.Close(tunnel.Id);
        return Rows(arguments, ["closed"], [.. chosen.Select(tunnel => new[] { tunnel.Id })]);
    }

    private static IEnumerable<string> Known() => new TunnelFolder(Folders.Current()).Records().Select(tunnel => tunnel.Id);
}
