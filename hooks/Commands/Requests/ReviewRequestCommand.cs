using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>Records that somebody looked into an emergency.</summary>
internal sealed class ReviewRequestCommand : StepRequestCommand<ReviewAccessRequestRequest>
{
    private static readonly Option<string> Note = Text("--note", "What was found; kept in the journal");

    internal ReviewRequestCommand()
        : base(
            "review", "Record that you looked into an emergency in which the glass was broken", "sshfn request review z4a6kqd2mx3thd5xravn --note 'database was down, nothing else was touched'",
            Routes.AccessRequestReview, Contract.Json.ReviewAccessRequestRequest, Note)
    {
    }

    protected override ReviewAccessRequestRequest Body(ParseResult arguments) => new(arguments.GetValue(Note)!);
}
