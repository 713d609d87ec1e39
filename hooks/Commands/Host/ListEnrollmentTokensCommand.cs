using System.CommandLine;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Host;

internal sealed class ListEnrollmentTokensCommand() : ListCommand<EnrollmentTokenResponse>(
    "List enrollment tokens, without their secrets", "sshfn host tokens list", Contract.Json.PageEnrollmentTokenResponse,
    "id", "resource", "instance", "created by", "expires", "host")
{
    protected override string PathOf(ParseResult arguments) => Routes.EnrollmentTokens;

    protected override string?[] Row(EnrollmentTokenResponse item) =>
        [item.Id, item.Resource, item.Instance?.ToString(CultureInfo.InvariantCulture), item.CreatedBy, Moment.Text(item.Expires), item.Host];
}
