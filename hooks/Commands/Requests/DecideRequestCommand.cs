using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>Approves or denies an access request, or more time for one.</summary>
internal sealed class DecideRequestCommand : StepRequestCommand<DecideAccessRequestRequest>
{
    private readonly string _verb;
    private readonly Option<string?> _comment;

    internal DecideRequestCommand(string verb, string description)
        : this(verb, description, new Option<string?>("--comment") { Description = "What is said to it" })
    {
    }

    private DecideRequestCommand(string verb, string description, Option<string?> comment)
        : base(verb, description, $"sshfn request {verb} z4a6kqd2mx3thd5xravn", Routes.AccessRequestDecision, Contract.Json.DecideAccessRequestRequest, comment)
    {
        _verb = verb;
        _comment = comment;
    }

    protected override DecideAccessRequestRequest Body(ParseResult arguments) => new(_verb, arguments.GetValue(_comment));
}
