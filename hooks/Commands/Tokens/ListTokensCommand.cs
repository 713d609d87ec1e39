using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Tokens;

internal sealed class ListTokensCommand() : ListCommand<AccessTokenResponse>(
    "List access tokens, without their secrets", "sshfn token list", Contract.Json.PageAccessTokenResponse,
    "id", "name", "kind", "subject", "groups", "sources", "expires", "rotated")
{
    protected override string PathOf(ParseResult arguments) => Routes.Tokens;

    protected override string?[] Row(AccessTokenResponse item) =>
        [item.Id, item.Name, item.Kind, item.Subject, string.Join(' ', item.Groups), string.Join(' ', item.SourceAddresses ?? []), Moment.Text(item.Expires), Moment.Text(item.Rotated)];
}
