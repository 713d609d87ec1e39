using System.CommandLine;
using SshFunctions.Hooks.Host.Callbacks;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>The help page of PAM's session helper; the helper itself is dispatched before any of this is loaded.</summary>
internal sealed class SessionCommand : SshfnCommand
{
    private readonly Argument<string> _moment = new("moment") { Description = "open or close" };

    internal SessionCommand()
        : base(
            "session",
            "Note who came and went (PAM runs this)",
            "session required pam_exec.so type=open_session quiet stdout /usr/local/bin/sshfn host session open")
    {
        HostCommandOptions folders = new(this);
        Arguments.Add(_moment);
        Run(arguments => SessionHook.Run([.. folders.ToArguments(arguments), arguments.GetValue(_moment)!]));
    }
}
