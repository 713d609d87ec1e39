using System.CommandLine;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>Lists checkpoints, or prints the last one to be kept elsewhere.</summary>
internal sealed class CheckpointsCommand : SshfnCommand
{
    private static readonly string[] Columns = ["number", "time", "segments", "closed", "hash"];

    private readonly Option<bool> _last = new("--last") { Description = "The last one only; with --json, to be kept for: sshfn audit verify --checkpoint" };

    internal CheckpointsCommand()
        : base(
            "checkpoints",
            "List the signed checkpoints of the journal",
            """
            sshfn audit checkpoints
            sshfn audit checkpoints --last --json > kept.json
            """)
    {
        Options.Add(_last);
        Run(ShowAsync);
    }

    private async Task<int> ShowAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using BrokerClient client = BrokerClient.SignedIn();
        var pages = await client.GetAllAsync(Routes.Checkpoints, Contract.Json.PageCheckpointResponse, int.MaxValue, cancellationToken);
        CheckpointResponse[] all = [.. pages.SelectMany(page => page.Read(Contract.Json.PageCheckpointResponse).Items)];
        if (!arguments.GetValue(_last) && WantsJson(arguments))
            Terminal.Raw(Json.RenderPages(pages, int.MaxValue));
        else if (WantsJson(arguments) && all.Length > 0)
            Terminal.Raw(Json.RenderElement(pages[^1].ReadElement().GetProperty("items").EnumerateArray().Last()));
        else
            Rows(arguments, Columns, [.. all.Skip(arguments.GetValue(_last) ? Math.Max(0, all.Length - 1) : 0).Select(Row)]);
        return ExitCode.Done;
    }

    private static string?[] Row(CheckpointResponse item) =>
    [
        item.Number.ToString(CultureInfo.InvariantCulture), Moment.Text(item.Time), item.Size.ToString(CultureInfo.InvariantCulture),
        item.Frozen.ToString(CultureInfo.InvariantCulture), item.Hash,
    ];
}
