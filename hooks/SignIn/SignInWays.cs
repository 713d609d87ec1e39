using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.SignIn;

/// <summary>The issuers that a broker lets people sign in with.</summary>
internal static class SignInWays
{
    /// <summary>The one that is meant; null when the broker names none and none was asked for.</summary>
    internal static async Task<SignInIssuer?> ChooseAsync(Uri broker, string? name, CancellationToken cancellationToken)
    {
        using BrokerClient client = new(broker, null);
        BrokerAnswer? answer = await client.FindAsync(Routes.SignIn, cancellationToken);
        IReadOnlyList<SignInIssuer> issuers = answer?.Read(Contract.Json.SignInResponse).Issuers ?? [];
        string names = string.Join(", ", issuers.Select(issuer => issuer.Name));
        if (name is not null)
        {
            return issuers.FirstOrDefault(issuer => issuer.Name == name) ?? throw new CommandFailedException(
                ExitCode.Usage, $"the broker knows no issuer {name}", issuers.Count == 0 ? "sign in with a token: " + SignInHint.Text(broker) : $"one of: {names}");
        }

        return issuers.Count switch
        {
            0 => null,
            1 => issuers[0],
            _ => throw new CommandFailedException(ExitCode.Usage, "the broker knows several issuers", $"name one with --issuer: {names}"),
        };
    }
}
