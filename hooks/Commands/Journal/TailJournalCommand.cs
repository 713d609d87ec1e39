using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>Prints entries as they are recorded, until it is stopped.</summary>
internal sealed class TailJournalCommand : SshfnCommand
{
    // An entry has the time of its reservation and is there some commits later; clocks of brokers differ a little.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private readonly JournalFilterOptions _filter = new();
    private readonly Option<int> _count = new("--count", "-n") { Description = "Begin with so many that are there already", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _interval = new("--interval") { Description = "Seconds between two questions", DefaultValueFactory = _ => 2 };
    private readonly Option<int?> _rounds = new("--rounds") { Description = "Stop after so many questions" };
    private readonly HashSet<ulong> _known = [];
    private DateTimeOffset? _oldest;
    private DateTimeOffset? _newest;

    internal TailJournalCommand()
        : base("tail", "Follow the journal, newest last; stop it with Ctrl-C", "sshfn audit tail --resource acme/production")
    {
        foreach (Option option in (Option[])[_count, _interval, _rounds, .. _filter.All])
            Options.Add(option);
        Run(FollowAsync);
    }

    private async Task<int> FollowAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using BrokerClient client = BrokerClient.SignedIn();
        int count = Math.Max(0, arguments.GetValue(_count));
        TimeSpan pause = TimeSpan.FromSeconds(Math.Clamp(arguments.GetValue(_interval), 1, 3600));
        for (int round = 0; ; round++)
        {
            await AskAsync(client, arguments, round == 0 ? count : int.MaxValue, cancellationToken);
            if (round + 1 >= arguments.GetValue(_rounds))
                return ExitCode.Done;
            if (round == 0)
                await LearnAsync(client, arguments, cancellationToken);
            if (!await PauseAsync(pause, cancellationToken))
                return ExitCode.Done;
        }
    }

    private static async Task<bool> PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task AskAsync(BrokerClient client, ParseResult arguments, int most, CancellationToken cancellationToken)
    {
        (JournalEntryResponse Entry, JsonElement Item)[] found = await FetchAsync(client, arguments, most, cancellationToken);
        // Those that the beginning leaves out are known all the same, or the next question would bring them.
        int shown = Math.Min(found.Length, most);
        for (int at = found.Length - 1; at >= 0; at--)
        {
            (JournalEntryResponse entry, JsonElement item) = found[at];
            if (_known.Add(entry.Serial) && at < shown)
                Print(entry, item, WantsJson(arguments));
            _oldest ??= entry.Time;
            if (_newest is null || entry.Time > _newest)
                _newest = entry.Time;
        }

        _newest ??= Clock.Now;
    }

    /// <summary>What was there before the first that was shown is old, though the next question brings it once more.</summary>
    private async Task LearnAsync(BrokerClient client, ParseResult arguments, CancellationToken cancellationToken)
    {
        foreach ((JournalEntryResponse entry, _) in await FetchAsync(client, arguments, int.MaxValue, cancellationToken))
        {
            if (entry.Time <= _oldest)
                _known.Add(entry.Serial);
        }
    }

    private async Task<(JournalEntryResponse Entry, JsonElement Item)[]> FetchAsync(
        BrokerClient client, ParseResult arguments, int most, CancellationToken cancellationToken)
    {
        (string Name, string? Value)[] query = [.. _filter.Query(arguments).Where(part => _newest is null || part.Name != "since")];
        if (_newest is { } newest)
            query = [.. query, ("since", Moment.Iso(newest - Overlap))];
        int page = Math.Clamp(most, 1, 1000);
        string path = Route.Query(Routes.Journal, [.. query, ("limit", page.ToString(CultureInfo.InvariantCulture))]);
        var pages = await client.GetAllAsync(path, Contract.Json.PageJournalEntryResponse, Math.Max(1, most), cancellationToken);
        IEnumerable<JsonElement> items = pages.SelectMany(answer => answer.ReadElement().GetProperty("items").EnumerateArray());
        return [.. pages.SelectMany(answer => answer.Read(Contract.Json.PageJournalEntryResponse).Items).Zip(items)];
    }

    private static void Print(JournalEntryResponse entry, JsonElement item, bool json) => Terminal.Print(json
        ? item.GetRawText()
        : Printable.Line(string.Join("  ", Columns(entry).Where(column => column is { Length: > 0 }))));

    private static string?[] Columns(JournalEntryResponse entry) =>
    [
        entry.Serial.ToString(CultureInfo.InvariantCulture), Moment.Text(entry.Time), entry.Subject, entry.Event, entry.Resource, JournalDetails.Text(entry.Details),
    ];
}
