using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Requests;

internal sealed class ListRequestsCommand : ListCommand<AccessRequestResponse>
{
    private readonly Option<bool> _mine = new("--mine") { Description = "Only those that give me access" };
    private readonly Option<bool> _toDecide = new("--to-decide") { Description = "Only those that wait for my decision or review" };
    private readonly Option<string?> _path = new("--path") { Description = "This path and what lies below it" };
    private readonly Option<string?> _state = new("--state") { Description = "pending, approved, active, denied, expired or closed" };

    internal ListRequestsCommand()
        : base(
            "List access requests, newest first", "sshfn request list --to-decide", Contract.Json.PageAccessRequestResponse,
            "id", "state", "path", "for", "gives", "approvals", "ends", "reason")
    {
        foreach (Option option in new Option[] { _mine, _toDecide, _path, _state })
            Options.Add(option);
    }

    protected override string PathOf(ParseResult arguments)
    {
        bool mine = arguments.GetValue(_mine);
        bool toDecide = arguments.GetValue(_toDecide);
        if (mine && toDecide)
            throw new CommandFailedException(ExitCode.Usage, "nobody decides their own requests", "give --mine or --to-decide");
        return Route.Query(
            Routes.AccessRequests, ("scope", mine ? "mine" : toDecide ? "to-decide" : null), ("path", arguments.GetValue(_path)), ("state", arguments.GetValue(_state)));
    }

    protected override string?[] Row(AccessRequestResponse item) =>
    [
        item.Id, RequestRows.State(item), item.Path, item.Requester, RequestRows.Gives(item), $"{item.Approvals.Count}/{item.ApprovalsNeeded}",
        Moment.Text(item.Ends), item.Reason,
    ];
}
