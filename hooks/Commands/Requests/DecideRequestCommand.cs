using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>Approves or denies an access request, or more time for one.</summary>
internal sealed class DecideRequestCommand : StepRequestCommand<DecideAccessRequestRequest>
{
    private readonly string _verb;
    private readonly Option<string?> _comment;
    private readonly Option<string?> _until;

    internal DecideRequestCommand(string verb, string description)
        : this(
            verb, description, new Option<string?>("--comment") { Description = "What is said to it" },
            new Option<string?>("--until") { Description = "It is the extension to this end that is decided, not the request", HelpName = "time" })
    {
    }

    private DecideRequestCommand(string verb, string description, Option<string?> comment, Option<string?> until)
        : base(verb, description, $"sshfn request {verb} z4a6kqd2mx3thd5xravn", Routes.AccessRequestDecision, Contract.Json.DecideAccessRequestRequest, comment, until)
    {
        _verb = verb;
        _comment = comment;
        _until = until;
    }

    protected override DecideAccessRequestRequest Body(ParseResult arguments) => new(
        _verb, arguments.GetValue(_comment), arguments.GetValue(_until) is { } text ? Moment.ParseInstant(text, Clock.Now) : null);
}
