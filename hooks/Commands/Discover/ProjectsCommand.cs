using System.CommandLine;
using System.Globalization;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Discover;

/// <summary>The projects in which the caller may reach something.</summary>
internal sealed class ProjectsCommand : SshfnCommand
{
    private static readonly string[] Columns = ["project", "environments", "resources"];

    internal ProjectsCommand()
        : base("projects", "The projects in which you may reach something", "sshfn projects") => Run(ListAsync);

    private static async Task<int> ListAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Catalog catalog = await new CatalogStore(Folders.Current()).RefreshAsync(cancellationToken);
        string?[][] rows =
        [
            .. from place in VisibleTree.Split(catalog.Resources)
               group place by place.Project into project
               orderby project.Key
               select new[] { project.Key, Text(project.Select(place => place.Environment).Distinct().Count()), Text(project.Count()) },
        ];
        return Rows(arguments, Columns, rows);
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
