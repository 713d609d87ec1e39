using System.CommandLine;
using System.Runtime.InteropServices;
using SshFunctions.Hooks.Commands.Tree;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Tunnel;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>Keeps the reverse tunnel of a host behind NAT; runs until it is stopped.</summary>
internal sealed class KeepTunnelCommand : SshfnCommand
{
    private readonly Option<string> _target = new("--to")
    {
        Description = "Where this host's own sshd listens",
        HelpName = "host:port",
        DefaultValueFactory = _ => "127.0.0.1:22",
    };

    private readonly HostCommandOptions _folders;

    internal KeepTunnelCommand()
        : base(
            "tunnel",
            "Keep the reverse tunnel of a host behind NAT to its bastion, until stopped",
            """
            sshfn host tunnel
            sshfn host tunnel --to 127.0.0.1:2222
            """)
    {
        Notes = "A manager says where it leads: sshfn resource put PATH --tunnel LOGIN@BASTION:PORT";
        _folders = new HostCommandOptions(this);
        Options.Add(_target);
        Run(KeepAsync);
    }

    private async Task<int> KeepAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Api.HostAddress target = HostText.Parse(arguments.GetValue(_target)!);
        if (!HostPattern.IsOneHost(target.Name) || target.Instance is not null)
            throw new CommandFailedException(ExitCode.Usage, $"{arguments.GetValue(_target)} is no address", "write 127.0.0.1:22");
        HostFolders folders = _folders.Read(arguments);
        HostSettings settings = HostFiles.ReadSettings(folders);
        Ownership.EnsureFolder(folders.RunFolder);
        using FileLock only = FileLock.TryTake(folders.TunnelLock)
            ?? throw new CommandFailedException(ExitCode.Conflict, "another process keeps this tunnel", "stop that one first");
        TunnelProcess.End(folders);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        string address = target.Name.Contains(':') ? $"[{target.Name}]:{target.Port}" : $"{target.Name}:{target.Port}";
        await new TunnelKeeper(folders, new TunnelCredentials(folders, settings), address).RunAsync(stop.Token);
        return ExitCode.Done;
    }

    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}
