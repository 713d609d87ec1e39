using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Journal.Export;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Journal;

public sealed class JournalRetentionTests
{
    private const int Patience = 60_000;
    private static readonly TimeSpan Keep = TimeSpan.FromDays(90);
    private readonly InMemoryStore _store = new();
    private readonly ManualClock _clock = new();

    [Fact(Timeout = Patience)]
    public async Task Removes_leading_sealed_segments_that_are_old_and_every_proof_of_the_others_stays_good()
    {
        await WriteSegmentAsync(250);
        await WriteSegmentAsync(3);
        _clock.Advance(TimeSpan.FromDays(80));
        await WriteSegmentAsync(3);
        await using var broker = new Broker(_store, _clock);
        JournalRetention retention = RetentionOf(broker);
        _clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(0, await retention.RemoveAsync(default)); // Nothing is sealed.
        var sealer = new JournalSealer(_store, broker.Statements, _clock);
        await broker.Journal.AppendAsync(Broker.Alice, new JournalEvent.PrivateKeyReceived("SHA256:x"), default);
        Checkpoint before = (await sealer.SealAsync(default))!;
        Assert.Equal(2, await retention.RemoveAsync(default));
        Assert.Equal(0, await retention.RemoveAsync(default));
        Assert.Equal(2, await retention.FindRemovedAsync(default));

        Assert.Empty((await _store.ListAsync("journal:000000000000001", RowRange.All, default)).Documents);
        JournalEntry[] left = [.. (await broker.EntriesAsync())];
        Assert.Equal(3, left[0].Position.Segment);
        var removed = Assert.IsType<JournalEvent.SegmentsRemoved>(left[^1].Event);
        Assert.Equal((1, 2, before.Hash), (removed.From, removed.Through, removed.CheckpointHash));

        Checkpoint after = (await sealer.SealAsync(default))!;
        Assert.Equal(before.FrozenRoot, (await PrefixRootAsync(broker, before, after)));
        var prover = new JournalProver(_store, broker.Reader, new CheckpointReader(_store), _clock);
        JournalProof proof = Broker.Must(await prover.ProveAsync(new JournalPosition(3, 2), default));
        Assert.Equal(proof.Checkpoint.Root, Convert.ToHexStringLower(MerklePath.RootOf(
            proof.Head.ToLeaf(), 2, proof.Checkpoint.Size, [.. proof.Path.Select(Convert.FromHexString)])!));
        Assert.Equal(left.Length, (await broker.Reader.ReadBackAsync(new JournalFilter(), null, 1000, default)).Entries.Count);
    }

    [Fact(Timeout = Patience)]
    public async Task Keeps_for_ever_unless_told_and_never_less_than_sessions_and_revocations_need()
    {
        await using var broker = new Broker(_store, _clock);
        var checkpoints = new CheckpointReader(_store);
        Assert.Equal(0, await new JournalRetention(_store, broker.Journal, checkpoints, _clock, null).RemoveAsync(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => new JournalRetention(_store, broker.Journal, checkpoints, _clock, TimeSpan.FromDays(29)));
    }

    [Fact(Timeout = Patience)]
    public async Task Announces_a_removal_a_week_before()
    {
        await WriteSegmentAsync(3);
        await using var broker = new Broker(_store, _clock);
        await new JournalSealer(_store, broker.Statements, _clock).SealAsync(default);
        JournalRetention retention = RetentionOf(broker);
        Assert.Null(await retention.FindNextAsync(default));
        _clock.Advance(Keep - TimeSpan.FromDays(6));
        Assert.Equal(1, await retention.FindNextAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_removal_that_died_at_any_commit_is_finished_by_the_next_run()
    {
        for (int survived = 0; ; survived++)
        {
            var store = new InMemoryStore();
            await WriteSegmentAsync(store, 250);
            await using var broker = new Broker(store, _clock);
            await new JournalSealer(store, broker.Statements, _clock).SealAsync(default);
            _clock.Advance(Keep + TimeSpan.FromDays(1));
            JournalRetention retention = new(new DyingStore(store, survived), broker.Journal, new CheckpointReader(store), _clock, Keep);
            bool died = await Record.ExceptionAsync(() => retention.RemoveAsync(default)) is StoreUnavailableException;
            await new JournalRetention(store, broker.Journal, new CheckpointReader(store), _clock, Keep).RemoveAsync(default);
            Assert.Empty((await store.ListAsync("journal:000000000000001", RowRange.All, default)).Documents);
            Assert.Contains((await broker.EntriesAsync()).Select(entry => entry.Event), found => found is JournalEvent.SegmentsRemoved { Through: 1 });
            if (died) continue;
            Assert.InRange(survived, 4, 10);
            return;
        }
    }

    [Fact(Timeout = Patience)]
    public async Task An_export_says_what_was_removed()
    {
        await WriteSegmentAsync(3);
        await using var broker = new Broker(_store, _clock);
        await new JournalSealer(_store, broker.Statements, _clock).SealAsync(default);
        _clock.Advance(Keep + TimeSpan.FromDays(1));
        JournalRetention retention = RetentionOf(broker);
        await retention.RemoveAsync(default);
        var export = new JournalExport(_store, new CheckpointReader(_store), retention, _clock);
        List<string> lines = await export.ReadLinesAsync(new JournalExportOrder(new JournalFilter()), default)
            .Select(line => System.Text.Encoding.UTF8.GetString(line.Span)).ToListAsync();
        Assert.StartsWith("{\"format\":\"sshfn-journal\",\"version\":1,", lines[0], StringComparison.Ordinal);
        Assert.Contains("{\"removedThrough\":1}", lines);
        Assert.Equal("{\"end\":131074}", lines[^1]);
    }

    private JournalRetention RetentionOf(Broker broker) => new(_store, broker.Journal, new CheckpointReader(_store), _clock, Keep);

    private Task WriteSegmentAsync(int count) => WriteSegmentAsync(_store, count);

    private async Task WriteSegmentAsync(InMemoryStore store, int count)
    {
        await using var writer = new Broker(store, _clock, "old");
        for (int at = 0; at < count; at++)
            await writer.Journal.AppendAsync(Broker.Alice, new JournalEvent.PrivateKeyReceived("SHA256:old"), default);
    }

    private async Task<string> PrefixRootAsync(Broker broker, Checkpoint older, Checkpoint newer)
    {
        var prover = new JournalProver(_store, broker.Reader, new CheckpointReader(_store), _clock);
        var path = await prover.ProvePrefixAsync(older, newer, default);
        Assert.True(MerklePath.ShowsPrefix(
            older.Frozen, Convert.FromHexString(older.FrozenRoot), newer.Frozen, Convert.FromHexString(newer.FrozenRoot), [.. path.Select(Convert.FromHexString)]));
        return older.FrozenRoot;
    }

    /// <summary>Is away for good after some commits.</summary>
    private sealed class DyingStore(IStore store, int commits) : IStore
    {
        private int _left = commits;

        public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken) => store.GetAsync(key, cancellationToken);

        public ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken) =>
            store.ListAsync(partition, range, cancellationToken);

        public ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) =>
            _left-- > 0 ? store.CommitAsync(partition, changes, cancellationToken) : throw new StoreUnavailableException("died");
    }
}
