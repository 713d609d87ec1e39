using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Revocations;

internal sealed class ListRevocationsCommand() : ListCommand<RevocationResponse>(
    "List the revocations in force", "sshfn revocations list", Contract.Json.PageRevocationResponse, "id", "reason", "by", "created", "expires")
{
    protected override string PathOf(ParseResult arguments) => Routes.Revocations;

    protected override string?[] Row(RevocationResponse item) =>
        [item.Id, item.Reason, item.By, Moment.Text(item.Created), Moment.Text(item.Expires) ?? "never"];

    // What is revoked but never published reaches no host.
    protected override void Remark(IReadOnlyList<BrokerAnswer> pages)
    {
        if (pages[^1].Read(Contract.Json.RevocationPage).PublicationFailure is not { } failure) return;
        Terminal.Warning($"the list has not reached the hosts since {Moment.Text(failure.Since)}, in {failure.Count} tries: {failure.Reason}");
    }
}
