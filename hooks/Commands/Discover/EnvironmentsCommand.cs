using System.CommandLine;
using System.Globalization;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Discover;

/// <summary>The environments in which the caller may reach something.</summary>
internal sealed class EnvironmentsCommand : SshfnCommand
{
    private static readonly string[] Columns = ["project", "environment", "resources"];

    private readonly Option<string?> _project = PlaceOptions.Project();

    internal EnvironmentsCommand()
        : base("environments", "The environments in which you may reach something", "sshfn environments -p acme")
    {
        Options.Add(_project);
        Run(ListAsync);
    }

    private async Task<int> ListAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Catalog catalog = await new CatalogStore(Folders.Current()).RefreshAsync(cancellationToken);
        string? only = arguments.GetValue(_project);
        string?[][] rows =
        [
            .. from place in VisibleTree.Split(catalog.Resources)
               where only is null || place.Project == only
               group place by (place.Project, place.Environment) into environment
               orderby environment.Key
               select new[] { environment.Key.Project, environment.Key.Environment, environment.Count().ToString(CultureInfo.InvariantCulture) },
        ];
        return rows.Length > 0 || only is null
            ? Rows(arguments, Columns, rows)
            : throw new CommandFailedException(ExitCode.NotFound, $"you may reach nothing in a project called {only}", "list them: sshfn projects");
    }
}
