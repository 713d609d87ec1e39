using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Commands.Access;
using SshFunctions.Hooks.Commands.Connect;
using SshFunctions.Hooks.Commands.Discover;
using SshFunctions.Hooks.Commands.Git;
using SshFunctions.Hooks.Commands.Grants;
using SshFunctions.Hooks.Commands.Host;
using SshFunctions.Hooks.Commands.Journal;
using SshFunctions.Hooks.Commands.Keys;
using SshFunctions.Hooks.Commands.Notifications;
using SshFunctions.Hooks.Commands.Requests;
using SshFunctions.Hooks.Commands.Revocations;
using SshFunctions.Hooks.Commands.Rotation;
using SshFunctions.Hooks.Commands.Tokens;
using SshFunctions.Hooks.Commands.Tree;
using SshFunctions.Hooks.Commands.Tunnels;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>Every command of sshfn that is not a hook.</summary>
internal static class CommandTree
{
    private const string LiveOn = "; certificates already minted live on until they expire: sshfn revoke --grant ID --reason TEXT ends them now";

    // The library's own handler prints a stack trace, and aborts where that can't be printed.
    private static InvocationConfiguration ToTheRim => new() { EnableDefaultExceptionHandler = false, Output = new OutputWriter() };

    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            await Build().Parse(["--help"]).InvokeAsync(ToTheRim);
            return ExitCode.Usage;
        }

        ParseResult parsed = Build().Parse(arguments);
        if (parsed.Errors.Count == 0 || parsed.Action is HelpWithExample)
            return await parsed.InvokeAsync(ToTheRim);
        foreach (var error in parsed.Errors)
            Terminal.Error(UsageError.Text(error));
        Terminal.Hint($"{Path(parsed.CommandResult.Command)} --help");
        return ExitCode.Usage;
    }

    private static RootCommand Build()
    {
        RootCommand root = new("Short-lived SSH certificates for stock ssh and git, from your broker");
        root.Options.Add(SshfnCommand.JsonOption);
        Command[] commands =
        [
            new LoginCommand(), new LogoutCommand(), new WhoAmICommand(),
            .. Daily(),
            new ConfigSshCommand(), new SshConfigCommand(), new GitSetupCommand(), new DoctorCommand(), new CompletionCommand(),
            new CommandGroup("keys", "Your registered public keys", new AddKeyCommand(), new ListKeysCommand(), Remove("Remove a key", "sshfn keys remove Zm9yIGV4YW1wbGUgYSBrZXkgb2YgNDMgbGV0dGVycyE", Routes.Key)),
            new CommandGroup("token", "Access tokens", new CreateTokenCommand(), new RotateTokenCommand(), new ListTokensCommand(), Remove("Remove an access token" + LiveOn, "sshfn token remove q7wmzk3thd5xravn", Routes.Token)),
            new CommandGroup("git-credential", "Passwords for git over HTTPS; git calls these", new GetCredentialCommand(), new ForgetCredentialCommand("store"), new ForgetCredentialCommand("erase")),
            .. Administration(),
            AccessRequests(),
            Host(),
            new RevokeCommand(), new CertCommand(), new AliasCommand(), new GitSshCommand(),
        ];
        foreach (Command command in commands)
            root.Subcommands.Add(command);
        HelpWithExample.Attach(root);
        VersionWithName.Attach(root);
        return root;
    }

    private static CommandGroup AccessRequests() => new(
        "request", "Access for a while: ask for it, decide, end it",
        new OpenRequestCommand(), new ListRequestsCommand(),
        new ShowCommand<AccessRequestResponse>(
            "Show an access request", "sshfn request show z4a6kqd2mx3thd5xravn", "id", id => Route.Of(Routes.AccessRequest, id), Contract.Json.AccessRequestResponse, RequestRows.Of),
        new DecideRequestCommand("approve", "Approve a request, or more time for one"), new DecideRequestCommand("deny", "Deny a request, or more time for one"),
        new ExtendRequestCommand(), new CloseRequestCommand(), new ReviewRequestCommand(),
        new CommandGroup(
            "rule", "How access to a path is requested",
            new PutRuleCommand(), new ListRulesCommand(),
            new ShowCommand<AccessRuleResponse>(
                "Show the rule that counts for a path: the nearest one; in a protected environment never that of a single resource", "sshfn request rule show acme/production/web", "path", RulePath.Of, Contract.Json.AccessRuleResponse, RuleRows.Of),
            new RemoveCommand("remove", "Remove the rule of a path; the next one above counts then", "sshfn request rule remove acme/production", "path", RulePath.Of)));

    private static CommandGroup Host() => new(
        "host", "Servers: enroll and list them; and on one of them, what keeps it fresh and what sshd and PAM run",
        new CreateEnrollmentTokenCommand(),
        new CommandGroup("tokens", "Enrollment tokens", new ListEnrollmentTokensCommand(), Remove("Remove an enrollment token; a host that it enrolled stays", "sshfn host tokens remove q7wmzk3thd5xravn", Routes.EnrollmentToken)),
        new ListHostsCommand(),
        new ShowCommand<HostResponse>("Show an enrolled host", "sshfn host show hb2wmzk3thd5xrav", "id", id => Route.Of(Routes.Host, id), Contract.Json.HostResponse, HostRows.Of),
        Remove("Remove an enrolled host and its tokens; its host certificates live on until they expire: sshfn revoke --host ID --reason TEXT ends them now", "sshfn host remove hb2wmzk3thd5xrav", Routes.Host),
        new EnrollCommand(), new UnenrollCommand(), new RefreshCommand(), new StatusCommand(), new UnitsCommand(), new KeepTunnelCommand(),
        new PrincipalsCommand(), new AuthorizedKeysCommand(), new PasscodeCommand(), new SessionCommand(), new ServeFolderCommand());

    private static Command[] Daily() =>
    [
        new ProjectsCommand(), new EnvironmentsCommand(), new ResourcesCommand(), new SshCommand(), new SftpCommand(), new ScpCommand(),
        new CommandGroup("tunnel", "Reach services of a resource on ports of this machine", new OpenTunnelCommand(), new ListTunnelsCommand(), new CloseTunnelCommand()),
        new CodeCommand(), new ExplainCommand(),
        new CommandGroup(
            "switch", "Switch SSH on or off for a project, an environment or a resource",
            new SwitchCommand("on", SwitchCommand.On, "Let people in again, where nothing above is switched off", "sshfn switch on acme/production --reason 'release is done'"),
            new SwitchCommand("off", SwitchCommand.Off, "Let nobody in any more", "sshfn switch off acme/production --reason 'release in progress'")),
    ];

    private static CommandGroup[] Administration() =>
    [
        new(
            "project", "Projects", new PutProjectCommand(), new ListProjectsCommand(),
            new ShowCommand<ProjectResponse>("Show a project", "sshfn project show acme", "path", TreePath.Project, Contract.Json.ProjectResponse, TreeRows.Of),
            new RemoveCommand("remove", "Remove an empty project", "sshfn project remove acme", "path", TreePath.Project)),
        new(
            "environment", "Environments of a project", new PutEnvironmentCommand(), new ListEnvironmentsCommand(),
            new ShowCommand<EnvironmentResponse>("Show an environment", "sshfn environment show acme/production", "path", TreePath.Environment, Contract.Json.EnvironmentResponse, TreeRows.Of),
            new RemoveCommand("remove", "Remove an empty environment", "sshfn environment remove acme/production", "path", TreePath.Environment)),
        new(
            "resource", "Resources: what people reach", new PutResourceCommand(), new ListResourcesCommand(),
            new ShowCommand<ResourceResponse>("Show a resource", "sshfn resource show acme/production/web", "path", TreePath.Resource, Contract.Json.ResourceResponse, TreeRows.Of),
            new RemoveCommand("remove", "Remove a resource", "sshfn resource remove acme/production/web", "path", TreePath.Resource)),
        new(
            "grant", "Grants: who may reach what", new PutGrantCommand(), new ListGrantsCommand(),
            new ShowCommand<GrantResponse>("Show a grant", "sshfn grant show deployers", "id", id => Route.Of(Routes.Grant, id), Contract.Json.GrantResponse, GrantRows.Of),
            Remove("Remove a grant" + LiveOn, "sshfn grant remove deployers", Routes.Grant)),
        new(
            "audit", "The journal: what happened, who can and did enter, and proof of it",
            new ListJournalCommand(), new TailJournalCommand(), new WhoCanCommand(), AccessDeedsCommand.WhoDid(), AccessDeedsCommand.Reached(),
            new ExportJournalCommand(), new VerifyJournalCommand(), new CheckpointsCommand(), new ProveEntryCommand(),
            new ShowForwardingCommand()),
        new("notifications", "Notifications that could not be delivered", new ListNotificationsCommand(), new RetryNotificationCommand()),
        new("ca", "The broker's signing keys: how far their rotation is, begin one, take it back", new RotationStatusCommand(), new RotateKeyCommand(), new AbortRotationCommand()),
        new(
            "revocations", "Revocations in force", new ListRevocationsCommand(),
            new RemoveCommand("lift", "Lift a revocation", "sshfn revocations lift subject:bob@example.com", "id", id => Route.Of(Routes.Revocation, id), done: "lifted")),
    ];

    private static RemoveCommand Remove(string description, string example, string template) =>
        new("remove", description, example, "id", id => Route.Of(template, id));

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : "sshfn";
}
