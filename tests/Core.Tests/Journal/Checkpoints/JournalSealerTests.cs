using System.Text;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Journal.Checkpoints;

public sealed class JournalSealerTests
{
    private const int Patience = 120_000;
    private readonly InMemoryStore _store = new();
    private readonly ManualClock _clock = new();

    [Fact(Timeout = Patience)]
    public async Task Seals_every_head_once_and_nothing_when_nothing_changed()
    {
        await using var broker = new Broker(_store, _clock);
        var sealer = new JournalSealer(_store, broker.Statements, _clock);
        var reader = new CheckpointReader(_store);
        Assert.Null(await sealer.SealAsync(default));
        JournalEntry entry = await AppendAsync(broker);
        Checkpoint first = (await sealer.SealAsync(default))!;
        int signed = broker.Statements.SignedCount;
        Assert.Null(await sealer.SealAsync(default));
        Assert.Equal(signed, broker.Statements.SignedCount);
        Assert.Equal((1, 1, 0), (first.Number, first.Size, first.Frozen));
        Assert.Equal(new SegmentHead(1, 2, entry.Hash), Assert.Single(first.Heads));
        Assert.Equal(JournalEntry.NoPrevious, first.Previous);

        await AppendAsync(broker);
        Checkpoint second = (await sealer.SealAsync(default))!;
        Assert.Equal((2, first.Hash), (second.Number, second.Previous));
        Assert.Equal(3, Assert.Single(second.Heads).Last);
        Assert.Equal(second.Hash, (await reader.FindLastAsync(default))!.Hash);
        Assert.Equal([1, 2], await reader.ListAsync(0, default).Select(checkpoint => checkpoint.Number).ToListAsync());
        Assert.True(SshSig.Verify(
            second.Signature, Checkpoint.SignatureNamespace, Encoding.UTF8.GetBytes(second.Text), out var signer, out string? reason), reason);
        Assert.Equal(broker.Statements.PublicKey, signer);
    }

    [Fact(Timeout = Patience)]
    public async Task Three_instances_that_seal_at_once_make_one_chain_without_a_gap_or_a_fork()
    {
        await using var broker = new Broker(_store, _clock);
        JournalSealer[] sealers = [.. Enumerable.Range(0, 3).Select(_ => new JournalSealer(_store, broker.Statements, _clock))];
        for (int round = 0; round < 40; round++)
        {
            await AppendAsync(broker);
            await Task.WhenAll(sealers.Select(sealer => Task.Run(() => sealer.SealAsync(default))));
        }

        List<Checkpoint> chain = await new CheckpointReader(_store).ListAsync(0, default).ToListAsync();
        Assert.Equal(40, chain.Count);
        string previous = JournalEntry.NoPrevious;
        foreach (Checkpoint checkpoint in chain)
        {
            Assert.Equal(previous, checkpoint.Previous);
            previous = checkpoint.Hash;
        }
    }

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_that_fails_or_whose_answer_is_lost_is_made_good_by_the_next_run(bool lost)
    {
        await using var broker = new Broker(_store, _clock);
        var sealer = new JournalSealer(_store, broker.Statements, _clock);
        await AppendAsync(broker);
        if (lost) _store.LoseNextAnswer();
        else _store.FailNextCommit();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => sealer.SealAsync(default));
        Assert.Equal(lost, await sealer.SealAsync(default) is null);
        Assert.Equal(1, (await new CheckpointReader(_store).FindLastAsync(default))!.Number);
        broker.Statements.IsAway = true;
        await AppendAsync(broker);
        await Assert.ThrowsAsync<SignerUnavailableException>(() => sealer.SealAsync(default));
        broker.Statements.IsAway = false;
        Assert.Equal(2, (await sealer.SealAsync(default))!.Number);
    }

    [Fact(Timeout = Patience)]
    public async Task Nothing_is_sealed_over_a_store_that_holds_something_else_than_was_sealed()
    {
        await using var broker = new Broker(_store, _clock);
        var sealer = new JournalSealer(_store, broker.Statements, _clock);
        JournalEntry entry = await AppendAsync(broker);
        await sealer.SealAsync(default);
        await AppendAsync(broker);
        var key = new DocumentKey("journal:000000000000001", $"{entry.Position.Index:D5}");
        StoredDocument stored = (await _store.GetAsync(key, default))!;
        byte[] changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(stored.Body.Span).Replace("SHA256:test", "SHA256:evil", StringComparison.Ordinal));
        await _store.CommitAsync(key.Partition, [new DocumentChange.Replace(key.Row, changed, stored.Version)], default);
        await Assert.ThrowsAsync<JournalContradictionException>(() => sealer.SealAsync(default));
        Assert.Equal(1, (await new CheckpointReader(_store).FindLastAsync(default))!.Number);
    }

    [Fact(Timeout = Patience)]
    public async Task Ten_thousand_closed_segments_cost_a_checkpoint_nothing_and_each_is_proved()
    {
        const int Count = 10_000;
        await using var broker = new Broker(_store, _clock);
        await FillAsync(Count);
        var counting = new CountingStore(_store);
        var sealer = new JournalSealer(counting, broker.Statements, _clock);
        Checkpoint first = (await sealer.SealAsync(default))!;
        Assert.Equal((Count, Count, Count / JournalSealer.MaximumNewCount), (first.Size, first.Frozen, first.Number));

        await AppendAsync(broker);
        counting.Reset();
        Checkpoint next = (await sealer.SealAsync(default))!;
        Assert.Equal(Count + 1, next.Size);
        // The chain's end, its checkpoint, and the one open segment, once more to see that nothing is left.
        Assert.InRange(counting.ReadCount, 1, 60);

        counting.Reset();
        var checkpoints = new CheckpointReader(counting);
        var prover = new JournalProver(counting, new JournalReader(counting, _clock), checkpoints, _clock);
        foreach (long segment in new long[] { 1, 255, 256, 257, 5000, 9999, Count, Count + 1 })
        {
            JournalProof proof = Broker.Must(await prover.ProveAsync(new JournalPosition(segment, 1), default));
            byte[]? root = MerklePath.RootOf(
                proof.Head.ToLeaf(), segment - 1, proof.Checkpoint.Size, [.. proof.Path.Select(Convert.FromHexString)]);
            Assert.Equal(proof.Checkpoint.Root, Convert.ToHexStringLower(root!));
        }

        Checkpoint early = (await checkpoints.FindAsync(2, default))!;
        var path = await prover.ProvePrefixAsync(early, next, default);
        Assert.True(MerklePath.ShowsPrefix(
            early.Frozen, Convert.FromHexString(early.FrozenRoot), next.Frozen, Convert.FromHexString(next.FrozenRoot), [.. path.Select(Convert.FromHexString)]));
    }

    [Fact(Timeout = Patience)]
    public async Task An_entry_is_proved_by_those_behind_it_and_the_first_checkpoint_over_it()
    {
        await using var broker = new Broker(_store, _clock);
        var sealer = new JournalSealer(_store, broker.Statements, _clock);
        var prover = new JournalProver(_store, broker.Reader, new CheckpointReader(_store), _clock);
        JournalEntry entry = await AppendAsync(broker);
        Broker.Refused<Refusal.Conflict>((await prover.ProveAsync(entry.Position, default)).Refusal);
        Broker.Refused<Refusal.NotFound>((await prover.ProveAsync(new JournalPosition(7, 7), default)).Refusal);
        for (int round = 0; round < 9; round++)
        {
            await AppendAsync(broker);
            await AppendAsync(broker);
            await sealer.SealAsync(default);
        }

        JournalProof proof = Broker.Must(await prover.ProveAsync(entry.Position, default));
        Assert.Equal((1, 3), (proof.Checkpoint.Number, proof.Entries.Length));
        JournalProof last = Broker.Must(await prover.ProveAsync(new JournalPosition(1, 20), default));
        Assert.Equal((9, 1), (last.Checkpoint.Number, last.Entries.Length));
    }

    private static Task<JournalEntry> AppendAsync(Broker broker) =>
        broker.Journal.AppendAsync(Broker.Alice, new JournalEvent.PrivateKeyReceived("SHA256:test"), default);

    /// <summary>Closed segments with one entry each, as many brokers leave them.</summary>
    private async Task FillAsync(int count)
    {
        for (int segment = 1; segment <= count; segment++)
        {
            JournalEntry only = JournalEntry.Decode(Encoding.UTF8.GetBytes(
                $$"""{"segment":{{segment}},"index":1,"time":"2030-01-01T00:00:00+00:00","caller":{"kind":"system","subject":"system"},"event":{"kind":"segment.closed","reason":"stopped"},"previous":"{{JournalEntry.NoPrevious}}"}"""));
            await _store.CommitAsync($"journal:{segment:D15}", [new DocumentChange.Insert("00001", only.Encoded)], default);
            byte[] record = Encoding.UTF8.GetBytes(
                $$"""{"segment":{{segment}},"instance":"x","opened":"2030-01-01T00:00:00+00:00","closed":"2030-01-01T00:00:00+00:00","lastIndex":1,"head":"{{only.Hash}}"}""");
            await _store.CommitAsync("segments", [new DocumentChange.Insert($"s:{segment:D15}", record)], default);
        }

        await _store.CommitAsync("segments", [new DocumentChange.Insert("next", Encoding.UTF8.GetBytes($$"""{"next":{{count + 1}}}"""))], default);
    }
}
