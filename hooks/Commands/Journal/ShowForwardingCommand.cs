using System.CommandLine;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>Shows how far each target is behind that the journal is forwarded to.</summary>
internal sealed class ShowForwardingCommand : SshfnCommand
{
    internal ShowForwardingCommand()
        : base("forwarding", "Show how far each target is behind that the journal is forwarded to", "sshfn audit forwarding") => Run(ShowAsync);

    private static async Task<int> ShowAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.GetAsync(Routes.JournalForwarding, cancellationToken);
        Page<ForwardingResponse> page = answer.Read(Contract.Json.PageForwardingResponse);
        Table table = new("name", "target", "waiting", "since", "last sent", "failures", "failure");
        foreach (ForwardingResponse item in page.Items)
        {
            table.Add(
                item.Name,
                item.Target,
                item.Waiting?.ToString(CultureInfo.InvariantCulture),
                Moment.Text(item.WaitingSince),
                Moment.Text(item.LastSent),
                item.FailureCount.ToString(CultureInfo.InvariantCulture),
                item.Failure);
        }

        Terminal.Raw(WantsJson(arguments) ? Json.Render(answer) : table.Render(Terminal.OutputWidth));
        return ExitCode.Done;
    }
}
