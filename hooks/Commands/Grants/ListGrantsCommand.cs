using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Grants;

internal sealed class ListGrantsCommand : ListCommand<GrantResponse>
{
    private readonly Option<string?> _path = new("--path") { Description = "This path and what lies below it" };

    internal ListGrantsCommand()
        : base("List grants", "sshfn grant list --path acme/production", Contract.Json.PageGrantResponse, "id", "path", "role", "for", "logins", "not after") =>
        Options.Add(_path);

    protected override string PathOf(ParseResult arguments) => Route.Query(Routes.Grants, ("path", arguments.GetValue(_path)));

    protected override string?[] Row(GrantResponse item) =>
        [item.Id, item.Path, item.Role, GrantRows.Holder(item), GrantRows.Logins(item), Moment.Text(item.NotAfter)];
}
