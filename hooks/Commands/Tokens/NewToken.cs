using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Tokens;

/// <summary>Shows a new access token: its text is the only thing on standard output, so that it can be piped.</summary>
internal static class NewToken
{
    internal static void Show(BrokerAnswer answer, bool asJson)
    {
        CreatedAccessTokenResponse created = answer.Read(Contract.Json.CreatedAccessTokenResponse);
        if (asJson)
            Terminal.Raw(Json.Render(answer));
        else
            Terminal.Print(Printable.Line(created.Token));
        AccessTokenResponse token = created.AccessToken;
        Terminal.Note($"token {token.Id} speaks for {token.Subject} until {Moment.Text(token.Expires)}; it is shown this once");
    }
}
