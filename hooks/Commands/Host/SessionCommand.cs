using SshFunctions.Hooks.Host.Callbacks;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>The help page of PAM's session helper; the helper itself is dispatched before any of this is loaded.</summary>
internal sealed class SessionCommand : SshfnCommand
{
    internal SessionCommand()
        : base(
            "session",
            "Note who came and went (PAM runs this)",
            "session required pam_exec.so quiet stdout /usr/local/bin/sshfn host session")
    {
        HostCommandOptions folders = new(this);
        Run(arguments => SessionHook.Run(folders.ToArguments(arguments)));
    }
}
