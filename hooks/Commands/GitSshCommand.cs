using System.CommandLine;

namespace SshFunctions.Hooks.Commands;

/// <summary>The help page of <c>git-ssh</c>, which becomes ssh before any of this is loaded.</summary>
internal sealed class GitSshCommand : SshfnCommand
{
    internal GitSshCommand()
        : base("git-ssh", "Be ssh, with certificates (git runs this)", "GIT_SSH_COMMAND='sshfn git-ssh' GIT_SSH_VARIANT=ssh git clone git@git.example.com:team/app.git")
    {
        Arguments.Add(new Argument<string[]>("arguments") { Description = "What ssh takes", Arity = ArgumentArity.OneOrMore });
        Run(_ => throw new CommandFailedException(ExitCode.Usage, "git-ssh takes the arguments of ssh", "sshfn git-ssh deploy@web.example.com"));
    }
}
