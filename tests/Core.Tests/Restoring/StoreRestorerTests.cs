using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Restoring;
using SshFunctions.Core.Rotation;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Restoring;

[Trait("Proof", "faults")]
public sealed class StoreRestorerTests
{
    private const int Patience = 600_000;
    private const int StepCount = 40;

    [Fact(Timeout = Patience)]
    public async Task No_serial_comes_twice_and_no_list_goes_back_however_often_older_copies_are_restored()
    {
        int worlds = LongRuns.Count(usual: 8, whole: 600);
        int repeated = 0;
        int refused = 0;
        int serials = 0;
        int seed = 0;
        for (; seed < worlds && repeated + refused == 0; seed++)
        {
            var random = new Random(seed);
            await using var lineage = new Lineage();
            await lineage.Broker.MakeWebAsync();
            lineage.Backup();
            for (int step = 0; step < StepCount; step++) await lineage.StepAsync(random);
            repeated += lineage.RepeatedCount;
            refused += lineage.RefusedListCount;
            serials += lineage.SerialCount;
        }

        new ProofFigure("faults", "restore of any older backup, again and again: serials given", serials, repeated + refused).Record();
        Assert.True(repeated + refused == 0, $"{repeated} serials came twice, {refused} lists went back, seed {seed - 1}");
    }

    [Fact(Timeout = Patience)]
    public async Task One_backup_that_is_restored_twice_gives_each_its_own_serials()
    {
        await using var lineage = new Lineage();
        await lineage.Broker.MakeWebAsync();
        lineage.Backup();
        for (int time = 0; time < 2; time++)
        {
            await lineage.RestoreAsync(new Random(1));
            for (int mint = 0; mint < 20; mint++) await lineage.MintAsync();
        }

        Assert.Equal((40, 0), (lineage.SerialCount, lineage.RepeatedCount));
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_clock_that_is_behind_the_backup_and_changes_nothing()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        InMemoryStore copy = broker.Store.Copy();
        DateTimeOffset later = broker.Now.AddHours(1);
        var refused = Broker.Refused<Refusal.Conflict>((await new StoreRestorer(copy, broker.Clock, "1.0").RestoreAsync(later, default)).Refusal);
        Assert.Contains("set the clock", refused.Fix, StringComparison.Ordinal);
        Assert.Equal(0, copy.CommitCount);
    }

    [Fact(Timeout = Patience)]
    public async Task Adds_nothing_to_a_segment_that_the_lost_broker_may_have_gone_on_with()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        int before = (await broker.EntriesAsync()).Length;
        InMemoryStore copy = broker.Store.Copy();
        RestoredStore restored = Broker.Must(await new StoreRestorer(copy, broker.Clock, "1.0").RestoreAsync(broker.Now, default));
        await using var next = new Broker(copy, broker.Clock, "next");
        JournalEntry[] entries = [.. await next.EntriesAsync()];
        Assert.Equal(before, entries.Count(entry => entry.Position.Segment <= restored.LastSegment));
        Assert.Equal(
            ["segment.opened", "broker.restored", "segment.closed"],
            entries.Where(entry => entry.Position.Segment >= restored.FirstSegment).Select(entry => entry.Event.Kind));
        Assert.Equal(restored.FirstSegment, await next.Reader.NewestSegmentAsync(default));
        // Readers of JSON that keep numbers as doubles tell two serials apart.
        Assert.True(entries[^1].Position.Serial < 1UL << 53);
    }

    [Fact(Timeout = Patience)]
    public async Task Raises_the_trust_bundle_beyond_what_the_lost_broker_can_have_told_hosts()
    {
        await using var broker = new Broker();
        using var keys = new InMemorySigningKeyStore();
        KeyRing then = Broker.Must(await new KeyRingRegistry(broker.Store, broker.Clock).AdoptAsync(keys.PutFirst(), default));
        long told = 0;
        foreach (InMemoryStore copy in new[] { broker.Store.Copy(), broker.Store.Copy() })
        {
            broker.Clock.Advance(TimeSpan.FromSeconds(1));
            RestoredStore restored = Broker.Must(await new StoreRestorer(copy, broker.Clock, "1.0").RestoreAsync(broker.Now, default));
            KeyRing ring = (await new KeyRingRegistry(copy, broker.Clock).FindAsync(default))!;
            Assert.Equal(restored.TrustVersion, ring.Version);
            Assert.Equal(then.Keys.Select(key => key.PublicKey), ring.Keys.Select(key => key.PublicKey));
            // A version for each millisecond of the lost broker's life is fewer.
            Assert.True(ring.Version > Math.Max(then.Version, told) + 1000, $"{told}, then {ring.Version}");
            told = ring.Version;
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Ends_when_another_writes_to_a_segment_that_it_closes()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("more"), default));
        InMemoryStore copy = broker.Store.Copy();
        copy.Spares = (_, _) => false;
        Assert.NotEmpty(await new SegmentRegistry(copy, broker.Clock).ListOpenAsync(default));
        HeldCommit held = copy.HoldNextCommit();
        Task<Result<RestoredStore>> restoring = new StoreRestorer(copy, broker.Clock, "1.0").RestoreAsync(broker.Now, default);
        await held.Reached;
        await new SegmentRegistry(copy, broker.Clock).CloseAsTheyAreAsync(default);
        held.Release();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => restoring);
    }
}
