using System.CommandLine;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Enroll;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>Takes back everything that enroll did.</summary>
internal sealed class UnenrollCommand : SshfnCommand
{
    private readonly Option<string> _folder = HostOptions.FolderOption();
    private readonly Option<string> _runFolder = HostOptions.RunFolderOption();
    private readonly Option<string?> _reload = HostOptions.ReloadOption();
    private readonly Option<bool> _force = new("--force") { Description = "Put the old files back even where somebody changed ours since" };

    internal UnenrollCommand()
        : base("unenroll", "Put this server's sshd back as it was, to the byte; also with the broker away, also after half an enroll", "sshfn host unenroll")
    {
        Options.Add(_folder);
        Options.Add(_runFolder);
        Options.Add(_reload);
        Options.Add(_force);
        Run(UnenrollAsync);
    }

    private async Task<int> UnenrollAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        HostFolders folders = new(PlainPath.Of(arguments.GetValue(_folder)!), PlainPath.Of(arguments.GetValue(_runFolder)!));
        ReloadWay? reload = arguments.GetValue(_reload) is { } way ? HostOptions.ParseReload(way) : null;
        HostOptions.RequireRoot();
        Ownership.EnsureFolder(folders.RunFolder);
        using FileLock alone = FileLock.Take(folders.EnrollLock, HostOptions.LongestEnroll);
        (string sshd, string broker) = await new Unenrollment(folders, new UndoStore(folders)).RunAsync(reload, arguments.GetValue(_force), cancellationToken);
        if (WantsJson(arguments))
            Terminal.Raw(Json.RenderMembers([("sshd", sshd), ("broker", broker)]));
        else
            Terminal.Print(Printable.Line($"{sshd}; {broker}"));
        Terminal.Hint("where systemd runs the agent, it no longer needs to: systemctl disable --now sshfn-agent");
        return ExitCode.Done;
    }
}
