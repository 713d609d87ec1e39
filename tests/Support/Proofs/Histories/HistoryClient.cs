using System.Collections.Immutable;
using System.Globalization;
using SshFunctions.Core.Ports;

namespace SshFunctions.Support.Proofs.Histories;

/// <summary>A client that does at random what a store allows, to a few rows of one partition, by what it read last; others do so beside it.</summary>
/// <param name="recorder">Writes it down.</param>
/// <param name="store">The store as the client has it.</param>
/// <param name="number">Names the client; part of what it writes.</param>
/// <param name="seed">What it does.</param>
public sealed class HistoryClient(HistoryRecorder recorder, IStore store, int number, int seed)
{
    /// <summary>Rows of a partition.</summary>
    public static ImmutableArray<string> Rows { get; } = ["a", "b", "c", "d"];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, string?> _known = new(StringComparer.Ordinal);
    private int _written;

    /// <summary>Calls the store some times.</summary>
    /// <param name="partition">The partition; what is known of another is forgotten.</param>
    /// <param name="count">How often.</param>
    public async Task RunAsync(string partition, int count)
    {
        _known.Clear();
        for (int done = 0; done < count; done++)
        {
            HistoryCall call = Draw();
            Learn(call, await recorder.CallAsync(store, number, partition, call));
        }
    }

    /// <summary>Reads every row: what was promised must be there at the end.</summary>
    /// <param name="partition">The partition.</param>
    public async Task ReadAllAsync(string partition)
    {
        foreach (string row in Rows) await recorder.CallAsync(store, number, partition, new HistoryCall.Read(row));
    }

    private HistoryCall Draw() => _random.Next(20) switch
    {
        < 7 => new HistoryCall.Read(DrawRow()),
        < 9 => new HistoryCall.List(),
        < 15 => new HistoryCall.Commit([ChangeOf(DrawRow())]),
        _ => new HistoryCall.Commit([.. Rows.Where(_ => _random.Next(2) == 0).DefaultIfEmpty(Rows[0]).Select(ChangeOf)]),
    };

    private string DrawRow() => Rows[_random.Next(Rows.Length)];

    private HistoryChange ChangeOf(string row)
    {
        string value = string.Create(CultureInfo.InvariantCulture, $"{number * 1_000_000L + _written++}");
        if (_known.GetValueOrDefault(row) is not { } version) return new HistoryChange(row, value, null);
        return _random.Next(3) == 0 ? new HistoryChange(row, null, version) : new HistoryChange(row, value, version);
    }

    private void Learn(HistoryCall call, HistoryAnswer? answer)
    {
        switch (call, answer)
        {
            case (HistoryCall.Read get, HistoryAnswer.Found found):
                _known[get.Row] = found.Rows.SingleOrDefault()?.Version;
                break;
            case (HistoryCall.List, HistoryAnswer.Found found):
                foreach (string row in Rows) _known[row] = found.Rows.FirstOrDefault(read => read.Row == row)?.Version;
                break;
            case (HistoryCall.Commit commit, HistoryAnswer.Committed done):
                foreach ((HistoryChange change, string? version) in commit.Changes.Zip(done.Versions)) _known[change.Row] = version;
                break;
            case (HistoryCall.Commit commit, HistoryAnswer.Conflicted { Reason: ConflictReason.Missing } conflict):
                _known[commit.Changes[conflict.ChangeIndex].Row] = null;
                break;
        }
    }
}
