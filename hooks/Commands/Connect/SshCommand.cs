using System.CommandLine;
using SshFunctions.Hooks.Commands.Discover;

namespace SshFunctions.Hooks.Commands.Connect;

/// <summary>The help page of <c>ssh</c>, which becomes ssh before any of this is loaded.</summary>
internal sealed class SshCommand : SshfnCommand
{
    internal SshCommand()
        : base(
            "ssh",
            "Log in to a resource by its name, with stock ssh. Options in front of the resource are sshfn's (-p -e -i -l) or, all others, ssh's;"
            + " behind it everything is ssh's, its own -p, -e and -i too. Without a command the resource's login command runs, when it has one."
            + " LOGIN@RESOURCE works, and so does a host name of a resource. rsync takes it as its remote shell. scp's and sftp's likes: sshfn scp, sshfn sftp",
            "sshfn ssh web\nsshfn ssh -p acme -e production -i 1 app\nsshfn ssh -l root web -L 8080:127.0.0.1:80\nsshfn ssh web -- uptime -p\nrsync -e 'sshfn ssh' -a site/ web:/srv/site/")
    {
        ConnectSyntax.Describe(this, new Argument<string[]>("arguments") { Description = "ssh's options, then a command", Arity = ArgumentArity.ZeroOrMore }, PlaceOptions.Resource());
        Run(_ => throw new CommandFailedException(ExitCode.Usage, "ssh takes a resource", "sshfn ssh --help"));
    }
}
