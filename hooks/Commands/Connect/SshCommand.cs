using System.CommandLine;
using SshFunctions.Hooks.Commands.Discover;

namespace SshFunctions.Hooks.Commands.Connect;

/// <summary>The help page of <c>ssh</c>, which becomes ssh before any of this is loaded.</summary>
internal sealed class SshCommand : SshfnCommand
{
    internal SshCommand()
        : base("ssh", "Log in to a resource by its name, with stock ssh",
            "sshfn ssh web\nsshfn ssh -p acme -e production -i 1 app\nsshfn ssh -l root web -L 8080:127.0.0.1:80\nsshfn ssh web -- uptime -p\nrsync -e 'sshfn ssh' -a site/ web:/srv/site/")
    {
        Notes = """
            RESOURCE is a name, environment/name, a whole path or a host name of the resource; LOGIN@RESOURCE works too.
            In front of it stand sshfn's own options (-p -e -i -l) and any other of ssh's; behind it everything is ssh's, its own -p, -e and -i too.
            Without a command the resource's login command runs, when it has one.
            rsync takes it as its remote shell. A host that is no resource is reached with ssh itself.
            """;
        ConnectSyntax.Describe(this, new Argument<string[]>("arguments") { Description = "ssh's options, then a command", Arity = ArgumentArity.ZeroOrMore }, PlaceOptions.Resource());
        Run(_ => throw new CommandFailedException(ExitCode.Usage, "ssh takes a resource", "sshfn ssh --help"));
    }
}
