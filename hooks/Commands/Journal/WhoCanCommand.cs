using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>Who can reach a resource now.</summary>
internal sealed class WhoCanCommand : SshfnCommand
{
    private static readonly string[] Columns = ["resource", "who", "logins", "by grant", "on", "role", "until", "keys"];

    private readonly Argument<string> _place = new("path") { Description = "A resource, by path or name, or a path above" };
    private readonly Option<bool> _all = new("--all") { Description = "Also grants that open nothing now, and why" };

    internal WhoCanCommand()
        : base(
            "who-can",
            "Who can reach a resource now, by which grants, requests and keys",
            """
            sshfn audit who-can acme/production/web
            sshfn audit who-can acme --all
            """)
    {
        Arguments.Add(_place);
        Options.Add(_all);
        Run(ShowAsync);
    }

    private async Task<int> ShowAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = Route.Query(Routes.AccessHolders, ("path", AuditPlace.Find(arguments.GetValue(_place)!)));
        using BrokerClient client = BrokerClient.SignedIn();
        var pages = await client.GetAllAsync(path, Contract.Json.PageReachableResourceResponse, int.MaxValue, cancellationToken);
        if (WantsJson(arguments))
        {
            Terminal.Raw(Json.RenderPages(pages, int.MaxValue));
            return ExitCode.Done;
        }

        bool all = arguments.GetValue(_all);
        Table table = new(all ? [.. Columns, "why not"] : Columns);
        foreach (ReachableResourceResponse resource in pages.SelectMany(page => page.Read(Contract.Json.PageReachableResourceResponse).Items))
        {
            foreach (AccessHolderResponse holder in resource.Holders.Where(holder => all || holder.Logins.Count > 0))
                table.Add([.. Row(resource, holder), .. all ? new[] { holder.Reason } : []]);
            Note(resource);
        }

        Terminal.Raw(table.Render());
        return ExitCode.Done;
    }

    private static void Note(ReachableResourceResponse resource)
    {
        if (resource.SwitchedOff is { } level)
            Terminal.Note($"{resource.Path}: SSH is switched off on {level}");
        if (resource.Protected)
            Terminal.Note($"{resource.Path}: protected, only approved access requests open it");
    }

    private static string?[] Row(ReachableResourceResponse resource, AccessHolderResponse holder) =>
    [
        resource.Path, holder.Subject ?? $"group {holder.Group}", string.Join(',', holder.Logins), holder.Grant, holder.Path, holder.Role,
        Moment.Text(holder.NotAfter), string.Join(',', holder.Keys),
    ];
}
