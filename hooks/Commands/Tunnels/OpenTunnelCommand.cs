using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Commands.Discover;
using SshFunctions.Hooks.Outside;
using SshFunctions.Hooks.Tunnels;

namespace SshFunctions.Hooks.Commands.Tunnels;

/// <summary>Opens tunnels to the services that a resource declares.</summary>
internal sealed class OpenTunnelCommand : SshfnCommand
{
    private readonly Argument<string> _name = PlaceOptions.Resource();
    private readonly Argument<string[]> _services = new("service") { Description = "Which services of the resource; all when absent", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<int?> _local = new("--local") { Description = "Port on this machine, for one service; a free one when absent", HelpName = "port" };
    private readonly Option<string?> _project = PlaceOptions.Project();
    private readonly Option<string?> _environment = PlaceOptions.Environment();
    private readonly Option<int?> _instance = PlaceOptions.Instance();
    private readonly Option<string?> _login = new("--login", "-l") { Description = "The account; the resource's first when absent", HelpName = "login" };

    internal OpenTunnelCommand()
        : base(
            "open",
            "Reach services of a resource on ports of this machine; runs in the background, and opens nothing twice",
            """
            sshfn tunnel open web database
            sshfn tunnel open -e production web database --local 5432
            psql -h 127.0.0.1 -p 5432
            """)
    {
        Arguments.Add(_name);
        Arguments.Add(_services);
        foreach (Option option in new Option[] { _local, _project, _environment, _instance, _login })
            Options.Add(option);
        Run(Open);
    }

    private int Open(ParseResult arguments)
    {
        int? local = arguments.GetValue(_local);
        if (local is < 1 or > 65535)
            throw new CommandFailedException(ExitCode.Usage, $"--local {local} is not a port", "give 1 to 65535, or leave it out for a free one");
        Folders folders = Folders.Current();
        ResourceChoice choice = new(arguments.GetValue(_name)!, arguments.GetValue(_project), arguments.GetValue(_environment));
        (Target target, Catalog catalog) = Alias.Targets.Find(folders, choice, arguments.GetValue(_instance));
        NamedService[] services = [.. Chosen(target.Resource, arguments.GetValue(_services) ?? [])];
        if (local is not null && services.Length != 1)
            throw new CommandFailedException(ExitCode.Usage, "--local is for one service", $"{target.Resource.Path} has {string.Join(", ", services.Select(service => service.Name))}");
        new AliasFolder(folders).Write(target.Alias, target, catalog);
        TunnelFolder tunnels = new(folders);
        using FileLock held = tunnels.Lock();
        TunnelOpener opener = new(folders, tunnels);
        var opened = services.Select(service => opener.Open(target, arguments.GetValue(_login), service, local)).ToArray();
        foreach ((Tunnel tunnel, bool stood) in opened.Where(tunnel => tunnel.Stood))
            Terminal.Note($"{tunnel.Id} is open already");
        return Rows(arguments, TunnelRows.Columns, [.. opened.Select(open => TunnelRows.Of(open.Tunnel))]);
    }

    private static IEnumerable<NamedService> Chosen(ResourceResponse resource, string[] names)
    {
        IReadOnlyList<NamedService> declared = resource.Services ?? [];
        if (declared.Count == 0)
            throw new CommandFailedException(ExitCode.NotFound, $"{resource.Path} declares no service", $"a manager can: sshfn resource put {resource.Path} --service NAME=HOST:PORT");
        foreach (string name in names.Distinct())
        {
            yield return declared.FirstOrDefault(service => service.Name == name) ?? throw new CommandFailedException(
                ExitCode.NotFound, $"{resource.Path} declares no service called {name}", $"it has {string.Join(", ", declared.Select(service => service.Name))}");
        }

        if (names.Length > 0)
            yield break;
        foreach (NamedService service in declared)
            yield return service;
    }
}
