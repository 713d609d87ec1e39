using System.CommandLine;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary><c>sshfn host units</c>: what systemd is to be told, so that a host stays fresh.</summary>
internal sealed class UnitsCommand : SshfnCommand
{
    private readonly HostCommandOptions _folders;
    private readonly Option<bool> _timer = new("--timer") { Description = "A run a minute in place of an agent that stays" };

    internal UnitsCommand()
        : base("units", "Print the systemd units that keep this host fresh", "sshfn host units > /etc/systemd/system/sshfn-agent.service")
    {
        Notes = "With --timer there are two files; a line before each says its name.";
        _folders = new HostCommandOptions(this);
        Options.Add(_timer);
        Run(arguments =>
        {
            Terminal.Raw(UnitText.Of(_folders.Read(arguments), arguments.GetValue(_timer)));
            return ExitCode.Done;
        });
    }
}
