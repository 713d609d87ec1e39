using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>Lists enrolled hosts with what is in force on them.</summary>
internal sealed class ListHostsCommand : ListCommand<HostResponse>
{
    private readonly Option<string?> _path = new("--path") { Description = "This path and what lies below it" };

    internal ListHostsCommand()
        : base(
            "List enrolled hosts, and what is in force on them", "sshfn host list --path acme/production", Contract.Json.PageHostResponse,
            "id", "resource", "name", "trust", "krl", "sshd", "sshfn", "reported") =>
        Options.Add(_path);

    protected override string PathOf(ParseResult arguments) => Route.Query(Routes.Hosts, ("path", arguments.GetValue(_path)));

    protected override string?[] Row(HostResponse item) =>
    [
        item.Id, HostRows.Place(item.Resource, item.Instance), item.Name, HostRows.Version(item.Report?.TrustVersion),
        HostRows.Version(item.Report?.RevocationListVersion), item.Report?.SshdVersion, item.Report?.SshfnVersion, HostRows.Age(item.Report, Clock.Now),
    ];
}
