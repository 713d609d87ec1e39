using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Tree;

internal sealed class ListResourcesCommand : ListCommand<ResourceResponse>
{
    private readonly Argument<string?> _environment = new("environment") { Description = "Of which environment; everything you may see when absent", Arity = ArgumentArity.ZeroOrOne };

    internal ListResourcesCommand()
        : base("List the resources that you may reach or manage", "sshfn resource list\nsshfn resource list acme/production", Contract.Json.PageResourceResponse, "path", "hosts", "logins", "ssh") =>
        Arguments.Add(_environment);

    protected override string PathOf(ParseResult arguments) =>
        arguments.GetValue(_environment) is { } path ? TreePath.Resources(path) : Routes.VisibleResources;

    protected override string?[] Row(ResourceResponse item) =>
        [item.Path, TreeRows.Hosts(item), string.Join(' ', item.Logins), item.SshSwitch];
}
