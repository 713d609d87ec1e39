using System.CommandLine;

namespace SshFunctions.Hooks.Commands.Connect;

/// <summary>The help page of the alias hook; the hook itself is dispatched before any of this is loaded.</summary>
internal sealed class AliasCommand : SshfnCommand
{
    internal AliasCommand()
        : base("alias", "Make sure that what an alias means lies where ssh reads it (ssh runs this)", "sshfn alias sshfn.web")
    {
        Arguments.Add(new Argument<string>("name") { Description = "An alias: sshfn.RESOURCE, sshfn.ENVIRONMENT.RESOURCE or sshfn.PROJECT.ENVIRONMENT.RESOURCE, and .N for an instance" });
        Run(_ => throw new CommandFailedException(ExitCode.Usage, "alias takes a name", "sshfn alias sshfn.web"));
    }
}
