using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Git;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Git;

/// <summary>Gives git a password of a few minutes for a server that the broker knows, and nothing for any other.</summary>
internal sealed class GetCredentialCommand : SshfnCommand
{
    internal GetCredentialCommand()
        : base("get", "Print a user name and password for what git names on standard input", "printf 'protocol=https\\nhost=git.example.com\\n' | sshfn git-credential get") =>
        Run(GetAsync);

    private static async Task<int> GetAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        // Silence lets git go on to its next helper.
        if (CredentialRequest.Read() is not { } asked)
            return ExitCode.Done;
        using BrokerClient client = BrokerClient.SignedIn();
        MintGitPasswordRequest request = new(asked.Host, asked.Port, asked.UserName);
        if (await AskAsync(client, request, cancellationToken) is not { } password)
            return ExitCode.Done;
        if (password.UserName.Any(char.IsControl) || password.Password.Any(char.IsControl))
            throw new CommandFailedException(ExitCode.Failed, "the broker's answer is not what its API promises", "is sshfn as new as the broker?");
        Terminal.Raw($"username={password.UserName}\npassword={password.Password}\npassword_expiry_utc={password.Expires.ToUnixTimeSeconds()}\n");
        return ExitCode.Done;
    }

    private static async Task<GitPasswordResponse?> AskAsync(BrokerClient client, MintGitPasswordRequest request, CancellationToken cancellationToken)
    {
        try
        {
            BrokerAnswer answer = await client.PostAsync(Routes.GitPasswords, request, Contract.Json.MintGitPasswordRequest, cancellationToken);
            return answer.Read(Contract.Json.GitPasswordResponse);
        }
        catch (CommandFailedException failure) when (failure.ExitCode == ExitCode.NotFound)
        {
            return null;
        }
    }
}
