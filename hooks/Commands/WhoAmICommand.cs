using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;
using SshFunctions.Hooks.SignIn;

namespace SshFunctions.Hooks.Commands;

/// <summary>Whom the broker takes this machine's token for.</summary>
internal sealed class WhoAmICommand : SshfnCommand
{
    internal WhoAmICommand()
        : base("whoami", "Show who you are to the broker", "sshfn whoami --json") => Run(ShowAsync);

    private static async Task<int> ShowAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Credentials credentials = FreshCredentials.Require(Folders.Current());
        using BrokerClient client = new(credentials.Broker, credentials.Token);
        BrokerAnswer answer = await client.GetAsync(Routes.Me, cancellationToken);
        CallerResponse caller = answer.Read(Contract.Json.CallerResponse);
        return Show(
            arguments,
            answer,
            ("subject", caller.Subject),
            ("kind", caller.Kind),
            ("groups", string.Join(' ', caller.Groups)),
            ("user name", caller.UserName),
            ("broker", credentials.Broker.GetLeftPart(UriPartial.Authority)),
            ("issuer", credentials.Session?.Issuer ?? caller.Issuer),
            ("token", caller.TokenId),
            ("expires", Moment.Text(caller.Expires) ?? "never"));
    }
}
