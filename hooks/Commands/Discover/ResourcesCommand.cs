using System.CommandLine;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Commands.Tree;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Discover;

/// <summary>What the caller may reach, and under which name.</summary>
internal sealed class ResourcesCommand : SshfnCommand
{
    private readonly Option<string?> _project = PlaceOptions.Project();
    private readonly Option<string?> _environment = PlaceOptions.Environment();

    internal ResourcesCommand()
        : base("resources", "What you may reach, and the name that reaches it", "sshfn resources -p acme -e production\nsshfn resources show web --connect\nsshfn ssh web")
    {
        Options.Add(_project);
        Options.Add(_environment);
        Subcommands.Add(new ShowResourceCommand());
        Run(ListAsync);
    }

    private async Task<int> ListAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Catalog catalog = await new CatalogStore(Folders.Current()).RefreshAsync(cancellationToken);
        string? project = arguments.GetValue(_project);
        string? environment = arguments.GetValue(_environment);
        ResourceResponse[] chosen =
        [
            .. from place in VisibleTree.Split(catalog.Resources)
               where (project is null || place.Project == project) && (environment is null || place.Environment == environment)
               orderby place.Resource.Path
               select place.Resource,
        ];
        if (chosen.Length == 0 && (project ?? environment) is not null)
            throw new CommandFailedException(ExitCode.NotFound, "you may reach nothing there", "sshfn environments");
        Terminal.Raw(WantsJson(arguments)
            ? Json.RenderItems(chosen.Select(resource => JsonSerializer.SerializeToElement(resource, ApiJson.Default.ResourceResponse)))
            : Render(catalog.Resources, chosen));
        return ExitCode.Done;
    }

    private static string Render(IReadOnlyList<ResourceResponse> all, IEnumerable<ResourceResponse> chosen)
    {
        Table table = new("name", "path", "hosts", "logins", "ssh");
        foreach (ResourceResponse resource in chosen)
            table.Add(KnownNames.ShortestName(all, resource.Path), resource.Path, TreeRows.Hosts(resource), string.Join(' ', resource.Logins), resource.SshSwitch);
        return table.Render();
    }
}
