using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Revocations;

internal sealed class ListRevocationsCommand() : ListCommand<RevocationResponse>(
    "List the revocations in force", "sshfn revocations list", Contract.Json.PageRevocationResponse, "id", "reason", "by", "created", "expires")
{
    protected override string PathOf(ParseResult arguments) => Routes.Revocations;

    protected override string?[] Row(RevocationResponse item) =>
        [item.Id, item.Reason, item.By, Moment.Text(item.Created), Moment.Text(item.Expires) ?? "never"];
}
