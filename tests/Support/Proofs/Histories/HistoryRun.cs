using System.Globalization;
using SshFunctions.Core.Ports;
using Xunit;

namespace SshFunctions.Support.Proofs.Histories;

/// <summary>Many clients of one store at once, and the verdict on what they were answered.</summary>
/// <param name="subject">Of the figure.</param>
/// <param name="open">The store as each client has it; the same object or others over the same documents.</param>
public sealed class HistoryRun(string subject, Func<int, IStore> open)
{
    private const int CallsEach = 40;

    /// <summary>Has clients call the store, partition by partition, and fails where no order explains what they were answered.</summary>
    /// <param name="clientCount">How many at once.</param>
    /// <param name="callCount">How many calls in all, at least.</param>
    /// <param name="seed">What they do.</param>
    /// <param name="betweenAsync">Done after each partition; null for nothing.</param>
    public async Task ProveAsync(int clientCount, int callCount, int seed, Func<Task>? betweenAsync = null)
    {
        IStore[] stores = [.. Enumerable.Range(0, clientCount).Select(open)];
        string run = Guid.NewGuid().ToString("N");
        int faults = 0;
        long calls = 0;
        long unknown = 0;
        string? first = null;
        for (int number = 0; calls < callCount && first is null; number++)
        {
            string partition = string.Create(CultureInfo.InvariantCulture, $"history-{run}-{number}");
            var recorder = new HistoryRecorder();
            await Task.WhenAll(stores.Select((store, client) => Task.Run(
                () => new HistoryClient(recorder, store, client, HashCode(seed, number, client)).RunAsync(partition, CallsEach))));
            if (betweenAsync is not null) await betweenAsync();
            await new HistoryClient(recorder, stores[0], clientCount, seed).ReadAllAsync(partition);
            calls += recorder.Operations.Count;
            unknown += recorder.Operations.Count(operation => operation.Answer is null);
            first = LinearizabilityChecker.FindFault(recorder.Operations);
            if (first is not null) faults++;
        }

        new ProofFigure("concurrency", $"linearizability: {subject}", calls, faults).Record();
        Assert.True(first is null, $"{subject}, seed {seed}, {calls} calls, {unknown} of unknown outcome: {first}");
    }

    // Not that of the framework, which is another in each process.
    private static int HashCode(int seed, int number, int client) => unchecked((((seed * 31) + number) * 31) + client);
}
