using System.CommandLine;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Commands.Discover;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>Lets stock ssh fetch certificates: one managed file, one Include line, the host CA keys.</summary>
internal sealed class ConfigSshCommand : SshfnCommand
{
    private readonly Option<string[]> _hosts = new("--host") { Description = "A further host or pattern such as *.corp.example; kept for next time", HelpName = "pattern" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say which files would change, change none" };
    private readonly Option<bool> _diff = new("--diff") { Description = "Show the changes line by line, change nothing" };
    private readonly Option<bool> _remove = new("--remove") { Description = "Take everything away again" };
    private readonly Option<string> _config = new("--ssh-config")
    {
        Description = "The configuration to put the Include line in",
        HelpName = "file",
        DefaultValueFactory = _ => SshSetup.DefaultUserConfig,
    };

    internal ConfigSshCommand()
        : base(
            "config-ssh",
            "Set up ssh so that it fetches a certificate before it connects, and knows resources by name, also those made later",
            """
            sshfn config-ssh --diff
            sshfn config-ssh
            ssh sshfn.web
            sshfn config-ssh --host '*.corp.example'
            """)
    {
        Notes = """
            Names for every program that runs ssh: sshfn.web, sshfn.web.1 (an instance), sshfn.production.web, sshfn.acme.production.web.
            Host names of resources work too; new ones without another run below a pattern of the operator, or of yours (--host).
            """;
        Options.Add(_hosts);
        Options.Add(_dryRun);
        Options.Add(_diff);
        Options.Add(_remove);
        Options.Add(_config);
        Run(ConfigureAsync);
    }

    private async Task<int> ConfigureAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string userConfig = Path.GetFullPath(arguments.GetValue(_config)!);
        InputFile.RefuseFolder(userConfig);
        Folders folders = Folders.Current();
        SshSetup setup = new(folders, userConfig);
        HostKeys hostKeys = new(folders);
        if (arguments.GetValue(_remove))
            return Finish(arguments, setup.Uninstall(), TakeAway, example: null);
        using BrokerClient client = BrokerClient.SignedIn();
        IReadOnlyList<ResourceResponse> resources = await VisibleResources.ReadAsync(client, cancellationToken);
        ManagedFile recalled = setup.Recall();
        string[] patterns = [.. recalled.Patterns.Concat((arguments.GetValue(_hosts) ?? []).Select(HostPattern.Parse)).Distinct()];
        ManagedFile managed = ManagedHosts.Of(recalled with { Patterns = patterns }, await OperatorPatterns.ReadAsync(client, cancellationToken), resources);
        if (managed.Hosts.Count == 0 && !managed.AllPatterns.Any())
            Terminal.Hint("the broker shows you no resource yet: aliases such as sshfn.web work as soon as it does");
        BrokerAnswer keys = await client.GetAsync(Routes.KnownHosts, cancellationToken);
        string lines = Encoding.UTF8.GetString(keys.Content.Span);
        HostKeys.RequireAuthority(lines);
        return Finish(arguments, setup.Install(managed, client.Broker, lines), PutInPlace, ExampleFor(resources));

        void TakeAway(IReadOnlyList<FileChange> changes)
        {
            using FileLock? held = hostKeys.Hold();
            setup.Apply(changes);
        }

        // A certificate that is fetched meanwhile may bring newer keys of hosts.
        void PutInPlace(IReadOnlyList<FileChange> changes) => hostKeys.Keep(
            client.Broker, lines, newest => setup.Apply(newest == lines ? changes : setup.Install(managed, client.Broker, newest)));
    }

    private int Finish(ParseResult arguments, IReadOnlyList<FileChange> changes, Action<IReadOnlyList<FileChange>> apply, string? example)
    {
        if (arguments.GetValue(_diff))
        {
            foreach (FileChange change in changes)
                Terminal.Raw(LineDiff.Render(change));
            return ExitCode.Done;
        }

        bool writes = !arguments.GetValue(_dryRun);
        if (writes)
            apply(changes);
        foreach (FileChange change in changes)
            Terminal.Print($"{change.Verb,-9}  {change.Path}");
        if (writes && example is not null)
            Terminal.Print($"try: {example}");
        if (arguments.GetResult(_config) is null or { Implicit: true } && Settings.Home is { } home && Path.TrimEndingDirectorySeparator(home) != Folders.SshHome)
            Terminal.Hint($"ssh reads {SshSetup.DefaultUserConfig}, the account's own, although HOME is {home}; --ssh-config names another file for ssh -F");
        return ExitCode.Done;
    }

    // The shortest alias that works: a host name may need a port and a login.
    private static string? ExampleFor(IReadOnlyList<ResourceResponse> resources)
    {
        string[] aliases = [.. resources.Select(resource => ResourceNames.AliasPrefix + KnownNames.ShortestName(resources, resource.Path).Replace('/', '.'))];
        return aliases.FirstOrDefault(AliasFile.IsSafe) is { } first ? $"ssh {first}" : null;
    }
}
