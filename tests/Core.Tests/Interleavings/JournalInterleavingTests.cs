using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Proofs.Schedules;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Interleavings;

/// <summary>Several brokers write the journal, one closes what looks abandoned, some die: no serial comes twice and no acknowledged entry goes.</summary>
[Trait("Proof", "concurrency")]
public sealed class JournalInterleavingTests
{
    private const int Patience = 600_000;
    private const string Subject = "journal segments and serials";
    private static readonly InMemoryStatementSigner Statements = new(SshPrivateKey.GenerateEcdsa(256));
    private static readonly TimeSpan Abandonment = JournalMaintenance.AbandonedAfter + TimeSpan.FromMinutes(1);

    [Fact(Timeout = Patience)]
    public Task No_serial_comes_twice_and_no_entry_is_lost_in_any_order() => Task.Run(() =>
        new Exploration("concurrency", Subject, run => PlayAsync(run, writers: 3, entries: 3)).PlayRandom(LongRuns.Count(100, 15_000)));

    [Fact(Timeout = Patience)]
    public Task No_serial_comes_twice_and_no_entry_is_lost_in_every_order_of_few_steps() => Task.Run(() =>
        new Exploration("concurrency", Subject, run => PlayAsync(run, writers: 2, entries: 1)).PlayAll(LongRuns.Count(150, 25_000), preemptions: 2, faults: 1));

    [Fact(Timeout = Patience)]
    public Task A_reader_that_looked_while_segments_were_opened_misses_none_of_them_later() => Task.Run(() =>
        new Exploration("concurrency", "journal read while it is written", PlayReaderAsync).PlayRandom(LongRuns.Count(60, 5000)));

    private static async Task PlayAsync(Interleaving run, int writers, int entries)
    {
        var store = new InMemoryStore();
        var told = new List<JournalEntry>();
        var journals = new List<JournalWriter>();
        for (int number = 0; number < writers; number++)
        {
            StoreInstance instance = run.Instance($"broker-{number}", store);
            var journal = new JournalWriter(instance, run.Clock, instance.Name, "1.0", JournalMaintenance.IdleLimit);
            journals.Add(journal);
            for (int entry = 0; entry < entries; entry++) run.Start($"append-{entry}", () => AppendAsync(run, instance, journal, told));
        }

        run.Start("maintain", () => new JournalMaintenance(run.Instance("keeper", store), run.Clock).CloseAbandonedAsync(default));
        run.StartClock(Abandonment);
        await run.PlayAsync();
        await CheckAsync(run, store, told);
        // Who is dead left a segment open; the others end theirs.
        foreach (JournalWriter journal in journals) await journal.DisposeAsync();
        run.Clock.Advance(Abandonment);
        await new JournalMaintenance(store, run.Clock).CloseAbandonedAsync(default);
        Assert.Empty(await new SegmentRegistry(store, run.Clock).ListOpenAsync(default));
        await CheckAsync(run, store, told);
    }

    // As a mint does: the serial is known first, and told when the entry is durable.
    private static async Task AppendAsync(Interleaving run, StoreInstance instance, JournalWriter journal, List<JournalEntry> told)
    {
        using JournalReservation reservation = await journal.ReserveAsync(Broker.Alice, default);
        await run.TurnAsync("signs");
        if (run.Random.Next(6) == 0) return;
        JournalEntry entry = await reservation.CompleteAsync(new JournalEvent.ActionFailed(reservation.Position.Serial, instance.Name));
        Assert.Equal(reservation.Position, entry.Position);
        told.Add(entry);
    }

    private static async Task CheckAsync(Interleaving run, InMemoryStore store, List<JournalEntry> told)
    {
        List<JournalEntry> stored = await StoredJournal.ReadAsync(store, run.Clock);
        Assert.Distinct(told.Select(entry => entry.Position.Serial));
        var hashes = stored.Select(entry => entry.Hash).ToHashSet();
        Assert.All(told, entry => Assert.Contains(entry.Hash, hashes));
    }

    private static async Task PlayReaderAsync(Interleaving run)
    {
        var store = new InMemoryStore();
        var told = new List<JournalEntry>();
        for (int number = 0; number < 4; number++)
        {
            StoreInstance instance = run.Instance($"broker-{number}", store);
            var journal = new JournalWriter(instance, run.Clock, instance.Name, "1.0", JournalMaintenance.IdleLimit);
            run.Start("append", () => AppendAsync(run, instance, journal, told));
        }

        var reader = new JournalReader(run.Instance("reader", store), run.Clock);
        var follower = new JournalFollower(run.Instance("follower", store), run.Clock);
        var followed = new HashSet<string>();
        run.Start("read", () => reader.ReadBackAsync(new JournalFilter(), null, 100, default));
        run.Start("read on", () => reader.ReadBackAsync(new JournalFilter(), null, 100, default));
        run.Start("follow", () => FollowAsync(follower, followed));
        foreach (string sealer in new[] { "sealer", "other sealer" })
            run.Start("seal", () => new JournalSealer(run.Instance(sealer, store), Statements, run.Clock).SealAsync(default));
        run.Start("follow too", () => FollowAsync(follower, followed));
        await run.PlayAsync();

        JournalPage page = await reader.ReadBackAsync(new JournalFilter(), null, 1000, default);
        var read = page.Entries.Select(entry => entry.Hash).ToHashSet();
        Assert.True(told.TrueForAll(entry => read.Contains(entry.Hash)), "a page lacks an entry");
        var successor = new JournalFollower(store, run.Clock);
        while ((await FollowAsync(successor, followed)).Outcome == FollowOutcome.More) continue;
        Assert.True(told.TrueForAll(entry => followed.Contains(entry.Hash)), "an entry is forwarded to nobody");
        await CheckSealsAsync(run, store);
    }

    // What two sealed at once contradicts nothing that is there, and the next checkpoint continues it to the last entry of each segment.
    private static async Task CheckSealsAsync(Interleaving run, InMemoryStore store)
    {
        Checkpoint? last = await new JournalSealer(store, Statements, run.Clock).SealAsync(default);
        long newest = await new JournalReader(store, run.Clock).NewestSegmentAsync(default);
        Assert.True(last is null || last.Size == newest, $"{last?.Size} of {newest} segments are sealed");
        Assert.Null(await new JournalSealer(store, Statements, run.Clock).SealAsync(default));
    }

    private static Task<FollowProgress> FollowAsync(JournalFollower follower, HashSet<string> followed) => follower.FollowAsync("siem", FollowStart.Beginning, 3, (entries, _) =>
    {
        followed.UnionWith(entries.Select(entry => entry.Hash));
        return Task.FromResult(entries.Count);
    }, default);
}
