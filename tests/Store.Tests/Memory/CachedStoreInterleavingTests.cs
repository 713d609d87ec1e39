using SshFunctions.Local.Memory;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Proofs.Histories;
using SshFunctions.Support.Proofs.Schedules;
using SshFunctions.Support.Store;

namespace SshFunctions.Store.Tests.Memory;

/// <summary>Several callers of what is remembered, in every order, over a store that loses commits, loses answers and does commits late.</summary>
[Trait("Proof", "concurrency")]
public sealed class CachedStoreInterleavingTests
{
    private const int Patience = 600_000;
    private const string Partition = "grants";

    [Fact(Timeout = Patience)]
    public Task What_is_remembered_is_never_older_than_what_was_answered_in_any_order() => Task.Run(() =>
        new Exploration("concurrency", "store remembered", run => PlayAsync(run, clients: 3, calls: 8)).PlayRandom(LongRuns.Count(200, 25_000)));

    [Fact(Timeout = Patience)]
    public Task What_is_remembered_is_never_older_than_what_was_answered_in_every_order_of_few_steps() => Task.Run(() =>
        new Exploration("concurrency", "store remembered", run => PlayAsync(run, clients: 3, calls: 3)).PlayAll(LongRuns.Count(200, 40_000), preemptions: 3, faults: 1));

    private static async Task PlayAsync(Interleaving run, int clients, int calls)
    {
        var file = new InMemoryStore();
        // Room for everything, or for a document or two.
        var store = new CachedStore(run.Instance("broker", file), run.Clock, run.Random.Next(2) == 0 ? 1024 * 1024 : 900, "journal:");
        var recorder = new HistoryRecorder();
        int seed = run.Random.Next();
        for (int number = 0; number < clients; number++)
        {
            var client = new HistoryClient(recorder, store, number, seed + number);
            run.Start($"client-{number}", () => client.RunAsync(Partition, calls));
        }

        run.StartClock(TimeSpan.FromSeconds(61));
        await run.PlayAsync();
        // As it is remembered, and as it lies in the file.
        await new HistoryClient(recorder, store, clients, 0).ReadAllAsync(Partition);
        await new HistoryClient(recorder, file, clients, 0).ReadAllAsync(Partition);
        Assert.Null(LinearizabilityChecker.FindFault(recorder.Operations));
    }
}
