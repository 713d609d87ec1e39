using System.CommandLine;
using SshFunctions.Hooks.Host.Sftp;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>The help page of <c>host sftp</c>, which serves before any of this is loaded.</summary>
internal sealed class ServeFolderCommand : SshfnCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "Absolute, or below the account's home; the client sees it as /" };

    internal ServeFolderCommand()
        : base(
            "sftp",
            "Serve the files of one folder by SFTP and nothing else (sshd runs this, forced by a certificate)",
            "ssh-keygen -s ca -I alice -n deploy -V +5m -O clear -O force-command='sshfn host sftp pub/media' key.pub")
    {
        Arguments.Add(_folder);
        Run(arguments => ServeFolderHook.Run(arguments.GetValue(_folder)!));
    }
}
