using System.CommandLine;
using SshFunctions.Hooks.Commands.Discover;

namespace SshFunctions.Hooks.Commands.Connect;

/// <summary>The help page of <c>sftp</c>, which becomes sftp before any of this is loaded.</summary>
internal sealed class SftpCommand : SshfnCommand
{
    internal SftpCommand()
        : base("sftp", "Transfer files to and from a resource by its name, with stock sftp",
            "sshfn sftp web\nsshfn sftp -e production -l upload web:/srv/media\nsshfn sftp -b batch.txt web\nsshfn sftp -e production -- -p web")
    {
        Notes = """
            RESOURCE may have :PATH behind it, and LOGIN@ in front.
            In front of it stand sshfn's own options (-p -e -i -l) and any other of sftp's; behind it, or behind --, everything is sftp's, its own -p, -i and -l too.
            """;
        ConnectSyntax.Describe(this, new Argument<string[]>("arguments") { Description = "sftp's further options", Arity = ArgumentArity.ZeroOrMore }, PlaceOptions.Resource());
        Run(_ => throw new CommandFailedException(ExitCode.Usage, "sftp takes a resource", "sshfn sftp --help"));
    }
}
