using System.CommandLine;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Commands.Tree;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Discover;

/// <summary>One resource by any of its names; with --connect what a client that is no OpenSSH is to be told.</summary>
internal sealed class ShowResourceCommand : SshfnCommand
{
    private readonly Argument<string> _name = PlaceOptions.Resource();
    private readonly Option<string?> _project = PlaceOptions.Project();
    private readonly Option<string?> _environment = PlaceOptions.Environment();
    private readonly Option<int?> _instance = PlaceOptions.Instance();
    private readonly Option<string?> _login = new("--login", "-l") { Description = "For this account in place of the resource's first", HelpName = "login" };
    private readonly Option<bool> _connect = new("--connect") { Description = "What to fill into a graphical client, and lines to paste" };

    internal ShowResourceCommand()
        : base("show", "One resource: its path by its name, or how to connect", "sshfn resources show web\nsshfn resources show web --connect")
    {
        Arguments.Add(_name);
        foreach (Option option in new Option[] { _connect, _project, _environment, _instance, _login })
            Options.Add(option);
        Run(Show);
    }

    private int Show(ParseResult arguments)
    {
        Folders folders = Folders.Current();
        ResourceChoice choice = new(arguments.GetValue(_name)!, arguments.GetValue(_project), arguments.GetValue(_environment));
        if (!arguments.GetValue(_connect))
        {
            if (arguments.GetResult(_instance) is not null || arguments.GetResult(_login) is not null)
                throw new CommandFailedException(ExitCode.Usage, "an instance or a login says how to connect", "add --connect");
            ResourceResponse resource = new CatalogStore(folders).Look(choice.Find, choice.Missing).Resource;
            return Members(arguments, TreeRows.Of(resource), () => JsonSerializer.SerializeToElement(resource, ApiJson.Default.ResourceResponse));
        }

        Target target = Targets.Find(folders, choice, arguments.GetValue(_instance)).Target;
        var rows = ConnectRows.Of(folders, target, arguments.GetValue(_login));
        return Members(arguments, rows, json: null);
    }

    private static int Members(ParseResult arguments, (string Name, string? Value)[] rows, Func<JsonElement>? json)
    {
        if (WantsJson(arguments))
        {
            Terminal.Raw(json is null ? Json.RenderMembers(rows) : Json.RenderElement(json()));
            return ExitCode.Done;
        }

        Table table = new(rows[0].Name, Printable.Line(rows[0].Value ?? "-"));
        foreach ((string name, string? value) in rows[1..])
            table.Add(name, value);
        Terminal.Raw(table.Render());
        return ExitCode.Done;
    }
}
