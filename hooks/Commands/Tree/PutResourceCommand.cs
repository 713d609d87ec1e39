using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>Creates a resource, or changes what is named of one.</summary>
internal sealed class PutResourceCommand : SshfnCommand
{
    private const string NoLife = "none";

    private readonly Argument<string> _path = new("path") { Description = "Its path, such as acme/production/web" };
    private readonly Option<string[]> _hosts = new("--host")
    {
        Description = "A name it is reached under, with :port when that is not 22 and =N for instance N; the first of several is preferred; may be given again",
        HelpName = "host[:port][=N]",
    };

    private readonly Option<string[]> _logins = new("--login") { Description = "An account that grants may allow; may be given again" };
    private readonly Option<string?> _profile = new("--profile") { Description = "sshd (a new one, when absent), plain-sshd for a host that only trusts the CA, github, gitlab or gitea" };
    private readonly Option<string[]> _services = new("--service")
    {
        Description = "What a tunnel may reach, as the resource sees it; once one is named, nothing else; '' for none; may be given again",
        HelpName = "name=host:port",
    };

    private readonly Option<string?> _jump = new("--jump") { Description = "Path of the resource that connections go through; '' for none", HelpName = "path" };
    private readonly Option<string?> _tunnel = new("--tunnel")
    {
        Description = "For a host behind NAT: the bastion's path, an account there and a port of its loopback, which `sshfn host tunnel` keeps open; '' for none",
        HelpName = "login@path:port",
    };

    private readonly Option<string?> _loginCommand = new("--login-command") { Description = "What a login without a command runs; '' for the shell", HelpName = "command" };
    private readonly Option<bool?> _forceLoginCommand = new("--force-login-command") { Description = "Certificates force the login command, whatever the client asks for", HelpName = "true|false" };
    private readonly Option<string?> _account = new("--account") { Description = "Name on a git host, {user} for the caller's own, such as {user}_corp", HelpName = "name" };
    private readonly Option<string?> _life = new("--max-life") { Description = "Longest life of a certificate, such as 15m; none for the broker's own", HelpName = "span" };
    private readonly Option<string?> _description = SwitchOption.Description();
    private readonly Option<string?> _switch = SwitchOption.Switch();

    internal PutResourceCommand()
        : base(
            "put",
            "Create a resource, or change one: what is not named stays",
            """
            sshfn resource put acme/production/web --host web.example.com --login deploy --max-life 15m
            sshfn resource put acme/production/app --host app0.example.com=0 --host app1.example.com=1 --login app
            sshfn resource put acme/production/web --service database=127.0.0.1:5432 --jump acme/production/bastion
            sshfn resource put acme/lab/box --host box.lan --login dev --tunnel tunnel@acme/production/bastion:20022
            """)
    {
        Arguments.Add(_path);
        foreach (Option option in new Option[] { _hosts, _logins, _profile, _life, _services, _jump, _tunnel, _loginCommand, _forceLoginCommand, _account, _description, _switch })
            Options.Add(option);
        Run(PutAsync);
    }

    private async Task<int> PutAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = TreePath.Resource(arguments.GetValue(_path)!);
        HostAddress[] hosts = [.. (arguments.GetValue(_hosts) ?? []).Select(HostText.Parse)];
        string[] logins = arguments.GetValue(_logins) ?? [];
        int? life = arguments.GetValue(_life) is { } span and not NoLife ? (int)Moment.ParseSpan(span).TotalSeconds : null;
        using BrokerClient client = BrokerClient.SignedIn();
        ResourceResponse? present = (await client.FindAsync(path, cancellationToken))?.Read(Contract.Json.ResourceResponse);
        if (present is null && (hosts.Length == 0 || logins.Length == 0))
            throw new CommandFailedException(ExitCode.Usage, "a new resource needs --host and --login", "sshfn resource put --help");
        ResourceRequest request = new(
            hosts.Length > 0 ? hosts : present!.Hosts,
            logins.Length > 0 ? logins : present!.Logins,
            arguments.GetValue(_profile) ?? present?.Profile,
            arguments.GetValue(_description) ?? SwitchOption.Kept(present?.Description),
            arguments.GetValue(_switch) ?? present?.SshSwitch,
            arguments.GetValue(_life) is null ? present?.MaximumLifetimeSeconds : life,
            arguments.GetValue(_services) is { Length: > 0 } services ? [.. services.Where(text => text.Length > 0).Select(ServiceText.Parse)] : null,
            arguments.GetValue(_jump),
            arguments.GetValue(_loginCommand),
            arguments.GetValue(_forceLoginCommand),
            arguments.GetValue(_account),
            arguments.GetValue(_tunnel) is { } tunnel ? TunnelText.Parse(tunnel) : null);
        BrokerAnswer answer = await client.PutAsync(path, request, Contract.Json.ResourceRequest, cancellationToken);
        return Show(arguments, answer, TreeRows.Of(answer.Read(Contract.Json.ResourceResponse)));
    }
}
