using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Commands.Discover;
using SshFunctions.Hooks.Commands.Tree;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Access;

/// <summary>Whether a mint would succeed now, and every rule that spoke.</summary>
internal sealed class ExplainCommand : SshfnCommand
{
    private readonly Argument<string> _name = PlaceOptions.Resource();
    private readonly Option<string?> _login = new("--login", "-l") { Description = "The account; the resource's first when absent", HelpName = "login" };
    private readonly Option<string?> _project = PlaceOptions.Project();
    private readonly Option<string?> _environment = PlaceOptions.Environment();
    private readonly Option<string?> _subject = new("--subject") { Description = "Whose access; yours when absent. Another's needs the role auditor there" };
    private readonly Option<string[]> _groups = new("--group") { Description = "A group of the subject: the broker knows only yours; may be given again" };
    private readonly Option<string?> _userName = new("--user-name") { Description = "What {user} stands for, for the subject", HelpName = "name" };

    internal ExplainCommand()
        : base(
            "explain",
            "Why you may enter, or may not: every rule, the deciding one marked; exit 1 when refused",
            """
            sshfn explain web
            sshfn explain web.example.com:2222 -l deploy
            sshfn explain acme/production/web -l root --subject bob@example.com --group ops
            """)
    {
        Arguments.Add(_name);
        foreach (Option option in new Option[] { _login, _project, _environment, _subject, _groups, _userName })
            Options.Add(option);
        Run(ExplainAsync);
    }

    private async Task<int> ExplainAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        ExplainAccessRequest request = Request(arguments) with
        {
            Subject = arguments.GetValue(_subject),
            Groups = arguments.GetValue(_groups) is { Length: > 0 } groups ? groups : null,
            UserName = arguments.GetValue(_userName),
        };
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PostAsync(Routes.ExplainAccess, request, Contract.Json.ExplainAccessRequest, cancellationToken);
        ExplainAccessResponse explained = answer.Read(Contract.Json.ExplainAccessResponse);
        Terminal.Raw(WantsJson(arguments) ? Json.Render(answer) : ExplainText.Render(explained));
        return explained.Allowed ? ExitCode.Done : ExitCode.Failed;
    }

    private ExplainAccessRequest Request(ParseResult arguments)
    {
        string name = arguments.GetValue(_name)!;
        string? login = arguments.GetValue(_login);
        Folders folders = Folders.Current();
        ResourceChoice choice = new(name, arguments.GetValue(_project), arguments.GetValue(_environment));
        CatalogStore store = new(folders);
        Catalog catalog = store.Get();
        // A path or a host may be explained also where one may see nothing; that is when people ask.
        if ((choice.Find(catalog) ?? choice.Find(store.Refresh())) is { } found)
            return new(Resource: found.Resource.Path, Login: login ?? FirstLogin(catalog, found.Resource));
        if (name.Contains('/'))
            return new(Resource: name, Login: login ?? throw WhichLogin(name));
        HostAddress address = HostText.Parse(name);
        return new(Destination: new(address.Name, address.Port, login ?? throw WhichLogin(name)));
    }

    private static string FirstLogin(Catalog catalog, ResourceResponse resource) =>
        resource.Logins.Select(login => catalog.UserName is { } user ? login.Replace("{user}", user, StringComparison.Ordinal) : login).FirstOrDefault()
        ?? throw WhichLogin(resource.Path);

    private static CommandFailedException WhichLogin(string name) => new(
        ExitCode.Usage, $"you see no resource {name}, so its first login is unknown", $"check the name (sshfn resources), or name the login: sshfn explain {name} -l LOGIN");
}
