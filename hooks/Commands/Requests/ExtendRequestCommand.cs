using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>Asks for more time.</summary>
internal sealed class ExtendRequestCommand : StepRequestCommand<ExtendAccessRequestRequest>
{
    private static readonly Option<string> Duration = new("--for") { Description = "How much more, such as 30m", HelpName = "span", Required = true };
    private static readonly Option<string> Reason = Text("--reason", "Why, for who decides");

    internal ExtendRequestCommand()
        : base(
            "extend", "Ask for more time; it needs the approvals that opening it did", "sshfn request extend z4a6kqd2mx3thd5xravn --for 1h --reason 'still copying'",
            Routes.AccessRequestExtension, Contract.Json.ExtendAccessRequestRequest, Duration, Reason)
    {
    }

    protected override ExtendAccessRequestRequest Body(ParseResult arguments) =>
        new((int)Moment.ParseSpan(arguments.GetValue(Duration)!).TotalSeconds, arguments.GetValue(Reason)!);
}
