using SshFunctions.Hooks.Host.Callbacks;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>The help page of PAM's passcode helper; the helper itself is dispatched before any of this is loaded.</summary>
internal sealed class PasscodeCommand : SshfnCommand
{
    internal PasscodeCommand()
        : base(
            "passcode",
            "Redeem the passcode on standard input (PAM runs this)",
            "auth required pam_exec.so expose_authtok quiet stdout /usr/local/bin/sshfn host passcode")
    {
        HostCommandOptions folders = new(this);
        Run(arguments => PasscodeHook.Run(folders.ToArguments(arguments)));
    }
}
