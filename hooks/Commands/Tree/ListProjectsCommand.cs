using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Tree;

internal sealed class ListProjectsCommand() : ListCommand<ProjectResponse>(
    "List the projects that you may see", "sshfn project list", Contract.Json.PageProjectResponse, "path", "ssh", "description")
{
    protected override string PathOf(ParseResult arguments) => Routes.Projects;

    protected override string?[] Row(ProjectResponse item) => [item.Path, item.SshSwitch, item.Description];
}
