using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Restoring;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Restoring;

/// <summary>Checkpoints, proofs, followers and retention go on over the numbers that a restore leaves out.</summary>
public sealed class RestoredJournalTests
{
    private const int Patience = 60_000;
    private static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    [Fact(Timeout = Patience)]
    public async Task Every_entry_before_and_behind_two_restores_is_sealed_and_proved()
    {
        await using Broker broker = await RestoredTwiceAsync();
        var sealer = new JournalSealer(broker.Store, broker.Statements, broker.Clock);
        Checkpoint last = (await sealer.SealAsync(default))!;
        Assert.Equal(await broker.Store.SegmentCountAsync(), last.Size);
        var prover = new JournalProver(broker.Store, broker.Reader, new CheckpointReader(broker.Store), broker.Clock);
        foreach (JournalEntry entry in await broker.EntriesAsync())
        {
            JournalProof proof = Broker.Must(await prover.ProveAsync(entry.Position, default));
            Assert.Equal(proof.Checkpoint.Root, Convert.ToHexStringLower(MerklePath.RootOf(
                proof.Head.ToLeaf(), proof.Leaf, proof.Checkpoint.Size, [.. proof.Path.Select(Convert.FromHexString)])!));
        }

        Assert.Null(await sealer.SealAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_follower_gets_every_entry_behind_a_restore_once()
    {
        await using Broker broker = await RestoredTwiceAsync();
        var follower = new JournalFollower(broker.Store, broker.Clock);
        var taken = new List<JournalPosition>();
        FollowOutcome outcome;
        do
        {
            outcome = (await follower.FollowAsync("siem", FollowStart.Beginning, 10, (entries, _) =>
            {
                taken.AddRange(entries.Select(entry => entry.Position));
                return Task.FromResult(entries.Count);
            }, default)).Outcome;
        }
        while (outcome == FollowOutcome.More);
        Assert.Equal((await broker.EntriesAsync()).Select(entry => entry.Position), taken.Order());
    }

    [Fact(Timeout = Patience)]
    public async Task Retention_passes_over_the_numbers_that_were_left_out()
    {
        await using Broker broker = await RestoredTwiceAsync();
        var checkpoints = new CheckpointReader(broker.Store);
        var sealer = new JournalSealer(broker.Store, broker.Statements, broker.Clock);
        await sealer.SealAsync(default);
        var retention = new JournalRetention(broker.Store, broker.Journal, checkpoints, broker.Clock, Keep);
        Checkpoint before = (await checkpoints.FindLastAsync(default))!;
        broker.Clock.Advance(Keep + TimeSpan.FromDays(1));
        Assert.Equal(before.Frozen, await retention.RemoveAsync(default));
        Assert.Equal(0, await retention.RemoveAsync(default));
        Assert.DoesNotContain(await broker.EntriesAsync(), entry => entry.Event is JournalEvent.BrokerRestored);
        Assert.NotNull(await sealer.SealAsync(default));
    }

    /// <summary>Segments before, between and behind, of which the last is open.</summary>
    private static async Task<Broker> RestoredTwiceAsync()
    {
        var broker = new Broker();
        await broker.MakeWebAsync();
        await new JournalSealer(broker.Store, broker.Statements, broker.Clock).SealAsync(default);
        for (int time = 0; time < 2; time++)
        {
            InMemoryStore copy = broker.Store.Copy();
            broker.Clock.Advance(TimeSpan.FromMinutes(1));
            Broker.Must(await new StoreRestorer(copy, broker.Clock, "1.0").RestoreAsync(broker.Now, default));
            // Its own journal key: what is sealed is checked by its roots here.
            await broker.DisposeAsync();
            broker = new Broker(copy, broker.Clock, $"restored {time}");
            Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf($"more-{time}"), default));
        }

        return broker;
    }
}
