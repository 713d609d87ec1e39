using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Host;

internal sealed class ListEnrollmentTokensCommand() : ListCommand<EnrollmentTokenResponse>(
    "List enrollment tokens, without their secrets", "sshfn host tokens list", Contract.Json.PageEnrollmentTokenResponse,
    "id", "resource", "made by", "expires", "enrolled")
{
    protected override string PathOf(ParseResult arguments) => Routes.EnrollmentTokens;

    protected override string?[] Row(EnrollmentTokenResponse item) =>
        [item.Id, HostRows.Place(item.Resource, item.Instance), item.CreatedBy, Moment.Text(item.Expires), item.Host];
}
