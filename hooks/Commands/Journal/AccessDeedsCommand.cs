using System.CommandLine;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>Who entered what, when, and by whose approval: asked of a place, or of a person.</summary>
internal sealed class AccessDeedsCommand : SshfnCommand
{
    private const int DefaultLimit = 100;
    private static readonly string[] Columns = ["time", "subject", "event", "resource", "login", "source", "grant", "approved by", "serial"];

    private readonly Argument<string> _about;
    private readonly bool _ofPlace;
    private readonly Option<string?> _since = new("--since") { Description = "Not before: an instant, or a span back from now such as 8h or 30d" };
    private readonly Option<string?> _until = new("--until") { Description = "Before: an instant, or a span back from now" };
    private readonly Option<string?> _request = new("--request") { Description = "Under this access request", HelpName = "id" };
    private readonly Option<int> _limit = new("--limit") { Description = "At most so many", DefaultValueFactory = _ => DefaultLimit };

    private AccessDeedsCommand(string name, string description, string example, Argument<string> about, bool ofPlace)
        : base(name, description, example)
    {
        (_about, _ofPlace) = (about, ofPlace);
        Arguments.Add(about);
        foreach (Option option in new Option[] { _since, _until, _request, _limit })
            Options.Add(option);
        Run(ShowAsync);
    }

    internal static AccessDeedsCommand WhoDid() => new(
        "who-did",
        "Who entered a resource or what lies below a path, when, and by whose approval",
        """
        sshfn audit who-did acme/production --since 30d
        sshfn audit who-did web
        """,
        new Argument<string>("path") { Description = "A path, or a resource by its name" },
        ofPlace: true);

    internal static AccessDeedsCommand Reached() => new(
        "reached",
        "What somebody entered, when, and by whose approval",
        "sshfn audit reached bob@example.com --since 30d",
        new Argument<string>("subject") { Description = "Who" },
        ofPlace: false);

    private async Task<int> ShowAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        int limit = arguments.GetValue(_limit) is > 0 and var most ? most : throw new CommandFailedException(ExitCode.Usage, "--limit is at least 1");
        string about = arguments.GetValue(_about)!;
        string path = Route.Query(
            Routes.AccessDeeds,
            (_ofPlace ? "resource" : "subject", _ofPlace ? AuditPlace.Find(about) : about),
            ("since", JournalFilterOptions.Instant(arguments.GetValue(_since))),
            ("until", JournalFilterOptions.Instant(arguments.GetValue(_until))),
            ("request", arguments.GetValue(_request)));
        using BrokerClient client = BrokerClient.SignedIn();
        var pages = await client.GetAllAsync(path, Contract.Json.PageAccessDeedResponse, limit, cancellationToken);
        AccessDeedResponse[] deeds = [.. pages.SelectMany(page => page.Read(Contract.Json.PageAccessDeedResponse).Items)];
        if (WantsJson(arguments))
            Terminal.Raw(Json.RenderPages(pages, limit));
        else
            Rows(arguments, Columns, [.. deeds.Take(limit).Select(Row)]);
        if (deeds.Length > limit || (deeds.Length == limit && pages[^1].Read(Contract.Json.PageAccessDeedResponse).Next is not null))
            Terminal.Hint($"there is more: --limit {Math.Min(10L * limit, int.MaxValue)}");
        return ExitCode.Done;
    }

    private static string?[] Row(AccessDeedResponse deed) =>
    [
        Moment.Text(deed.Time), deed.Subject, deed.Event, deed.Resource, deed.Login, deed.Source, deed.Grant, deed.ApprovedBy,
        deed.Serial.ToString(CultureInfo.InvariantCulture),
    ];
}
