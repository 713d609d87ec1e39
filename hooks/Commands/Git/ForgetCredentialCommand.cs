using SshFunctions.Hooks.Git;

namespace SshFunctions.Hooks.Commands.Git;

/// <summary>Takes what git wants stored or erased and does nothing: passwords of sshfn are never kept.</summary>
internal sealed class ForgetCredentialCommand : SshfnCommand
{
    internal ForgetCredentialCommand(string verb)
        : base(verb, "Nothing: sshfn keeps no password, and git calls every helper with this", $"git credential {(verb == "store" ? "approve" : "reject")}") =>
        Run(_ =>
        {
            // Read all the same, or git would die of a broken pipe.
            CredentialRequest.Read();
            return ExitCode.Done;
        });
}
