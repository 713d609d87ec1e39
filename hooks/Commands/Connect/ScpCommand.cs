using System.CommandLine;
using SshFunctions.Hooks.Commands.Discover;

namespace SshFunctions.Hooks.Commands.Connect;

/// <summary>The help page of <c>scp</c>, which becomes scp before any of this is loaded.</summary>
internal sealed class ScpCommand : SshfnCommand
{
    internal ScpCommand()
        : base("scp", "Copy files to, from and between resources, with stock scp",
            "sshfn scp report.csv web:/tmp/\nsshfn scp -r -e production web:/srv/site ./site\nsshfn scp -- -p notes.txt deploy@acme/production/web:")
    {
        Notes = """
            First stand sshfn's own options (-p -e -i -l, for every resource named) and any other of scp's.
            Behind --, or behind the first file, everything is scp's, its own -p, -i and -l too.
            A file here whose name looks like web:x is written ./web:x.
            """;
        Argument<string[]> files = new("files")
        {
            Description = "Sources and a target: files, or [LOGIN@]RESOURCE:PATH",
            HelpName = "files",
            Arity = ArgumentArity.OneOrMore,
            CompletionSources = { _ => KnownNames.Resources().Select(name => name + ":") },
        };
        ConnectSyntax.Describe(this, files);
        Run(_ => throw new CommandFailedException(ExitCode.Usage, "scp takes files", "sshfn scp --help"));
    }
}
