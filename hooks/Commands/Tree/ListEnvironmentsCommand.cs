using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Tree;

internal sealed class ListEnvironmentsCommand : ListCommand<EnvironmentResponse>
{
    private readonly Argument<string> _project = new("project") { Description = "Of which project" };

    internal ListEnvironmentsCommand()
        : base("List the environments of a project", "sshfn environment list acme", Contract.Json.PageEnvironmentResponse, "path", "ssh", "protected", "description") =>
        Arguments.Add(_project);

    protected override string PathOf(ParseResult arguments) => TreePath.Environments(arguments.GetValue(_project)!);

    protected override string?[] Row(EnvironmentResponse item) => [item.Path, item.SshSwitch, TreeRows.YesNo(item.Protected), item.Description];
}
