using System.Globalization;
using SshFunctions.Local.Sqlite;
using SshFunctions.Store.Tests.Processes;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Proofs.Histories;

namespace SshFunctions.Store.Tests.Histories;

/// <summary>Several processes call one file, and are killed: what one acknowledged the next one reads, and what one left undone happens whole or never.</summary>
[Trait("Proof", "concurrency")]
public sealed class SqliteHistoryKillTests
{
    private const int MostLines = 300;

    [Fact(Timeout = 600_000)]
    public async Task SQLite_is_linearizable_by_several_processes_that_are_killed()
    {
        using var folder = new TemporaryFolder();
        await using (SqliteStore.Open(folder.StorePath)) { }
        var random = new Random(20_261_122);
        int rounds = LongRuns.Count(usual: 1, whole: 40);
        long calls = 0;
        string? fault = null;
        for (int round = 0; round < rounds && fault is null; round++)
        {
            IReadOnlyCollection<HistoryOperation> operations = await PlayAsync(folder.StorePath, string.Create(CultureInfo.InvariantCulture, $"round-{round}"), random);
            calls += operations.Count;
            fault = LinearizabilityChecker.FindFault(operations);
        }

        new ProofFigure("concurrency", "linearizability: SQLite, four processes, three of them killed", calls, fault is null ? 0 : 1).Record();
        Assert.True(fault is null, fault);
        Assert.True(calls > rounds * 20, $"{calls} calls");
    }

    private static async Task<IReadOnlyCollection<HistoryOperation>> PlayAsync(string path, string partition, Random random)
    {
        var told = new Dictionary<(int Client, long Invoked), HistoryOperation>();
        int first = 0;
        Task Start(int? killedAfter)
        {
            first += HistoryLoop.ClientCount;
            return ListenAsync(path, partition, first, killedAfter, told);
        }

        // Two at once, then two that find what those left behind.
        await Task.WhenAll(Start(random.Next(1, MostLines)), Start(random.Next(1, MostLines)));
        await Task.WhenAll(Start(random.Next(1, MostLines)), Start(null));
        var recorder = new HistoryRecorder();
        foreach (HistoryOperation operation in told.Values) recorder.Add(operation);
        await using var store = SqliteStore.Open(path);
        await new HistoryClient(recorder, store, 0, 0).ReadAllAsync(partition);
        return recorder.Operations;
    }

    private static async Task ListenAsync(
        string path, string partition, int firstClient, int? killedAfter, Dictionary<(int Client, long Invoked), HistoryOperation> told)
    {
        using var victim = Victim.Start(HistoryLoop.Name, path, partition, firstClient.ToString(CultureInfo.InvariantCulture));
        for (int lines = 1; await victim.ReadLineAsync() is { } line; lines++)
        {
            HistoryOperation operation = HistoryText.Parse(line);
            lock (told) told[(operation.Client, operation.Invoked)] = operation;
            if (lines == killedAfter) victim.Kill();
        }

        await victim.WaitForExitAsync();
    }
}
