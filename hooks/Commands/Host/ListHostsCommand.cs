using System.CommandLine;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Host;

internal sealed class ListHostsCommand() : ListCommand<HostResponse>(
    "List enrolled servers, and when each last reported", "sshfn host list", Contract.Json.PageHostResponse,
    "id", "resource", "instance", "name", "enrolled", "reported", "sshd")
{
    protected override string PathOf(ParseResult arguments) => Routes.Hosts;

    protected override string?[] Row(HostResponse item) =>
    [
        item.Id, item.Resource, item.Instance?.ToString(CultureInfo.InvariantCulture), item.Name,
        Moment.Text(item.Enrolled), Moment.Text(item.Report?.Received), item.Report?.SshdVersion,
    ];
}
