using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>Says how access to a path is requested, as a whole.</summary>
internal sealed class PutRuleCommand : SshfnCommand
{
    private const string HolderName = "subject=NAME|group=NAME";

    private readonly Argument<string> _path = new("path") { Description = "/ or a project, environment or resource; holds for all below that has no rule of its own" };
    private readonly Option<string[]> _approvers = new("--approver") { Description = "Who decides; whoever has role manager there when absent; may be given again", HelpName = HolderName };
    private readonly Option<int?> _approvals = new("--approvals") { Description = "How many different ones must say yes; 1 when absent" };
    private readonly Option<string?> _longest = new("--longest") { Description = "Longest access, extensions included; 8h when absent", HelpName = "span" };
    private readonly Option<string?> _waits = new("--waits") { Description = "How long a request waits for its decision; 24h when absent", HelpName = "span" };
    private readonly Option<string[]> _requesters = new("--requester") { Description = "Who may ask; everybody when absent", HelpName = HolderName };
    private readonly Option<string[]> _auto = new("--auto-approve") { Description = "Whose requests need no approver; nobody's when absent", HelpName = HolderName };
    private readonly Option<string[]> _windows = new("--auto-window") { Description = "When that holds, such as 'monday,tuesday 08:00-18:00 Europe/Berlin'; always when absent" };
    private readonly Option<string?> _autoLongest = new("--auto-longest") { Description = "Longer ones need an approver all the same", HelpName = "span" };
    private readonly Option<string[]> _breakGlass = new("--break-glass") { Description = "Who may break the glass; nobody when absent", HelpName = HolderName };
    private readonly Option<string[]> _shapes = new("--shape") { Description = "role, logins or sftp-folder: how wide a request may be; any when absent" };
    private readonly Option<string?> _role = new("--highest-role") { Description = "Highest role that a request may ask for; developer when absent" };

    internal PutRuleCommand()
        : base(
            "put",
            "Say how access to a path is requested; replaces its rule as a whole",
            """
            sshfn request rule put acme/production --approvals 2 --longest 4h --break-glass group=on-call
            sshfn request rule put acme/staging --auto-approve group=staff --auto-window 'monday,tuesday,wednesday,thursday,friday 08:00-18:00 Europe/Berlin'
            """)
    {
        Arguments.Add(_path);
        foreach (Option option in new Option[] { _approvers, _approvals, _longest, _waits, _requesters, _auto, _windows, _autoLongest, _breakGlass, _shapes, _role })
            Options.Add(option);
        Run(PutAsync);
    }

    private async Task<int> PutAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        AccessRuleRequest request = new(
            Many(arguments, _approvers),
            arguments.GetValue(_approvals),
            Seconds(arguments, _longest),
            Seconds(arguments, _waits),
            Many(arguments, _requesters),
            AutoApproval(arguments),
            Many(arguments, _breakGlass),
            Many(arguments, _shapes),
            arguments.GetValue(_role));
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PutAsync(RulePath.Of(arguments.GetValue(_path)!), request, Contract.Json.AccessRuleRequest, cancellationToken);
        return Show(arguments, answer, RuleRows.Of(answer.Read(Contract.Json.AccessRuleResponse)));
    }

    private AccessAutoApproval? AutoApproval(ParseResult arguments)
    {
        string[]? windows = Many(arguments, _windows);
        if (Many(arguments, _auto) is { } holders)
            return new AccessAutoApproval(holders, windows?.Select(AccessWindowText.Read).ToArray(), Seconds(arguments, _autoLongest));
        return windows is null && arguments.GetValue(_autoLongest) is null
            ? null
            : throw new CommandFailedException(ExitCode.Usage, "it is not said whose requests need no approver", "--auto-approve group=NAME");
    }

    private static int? Seconds(ParseResult arguments, Option<string?> option) =>
        arguments.GetValue(option) is { } span ? (int)Moment.ParseSpan(span).TotalSeconds : null;

    private static string[]? Many(ParseResult arguments, Option<string[]> option) => arguments.GetValue(option) is { Length: > 0 } values ? values : null;
}
