using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Journal;

public sealed class JournalWriterTests
{
    private const int Patience = 60_000;
    private static readonly JournalEvent Event = new JournalEvent.PrivateKeyReceived("SHA256:test");

    [Fact(Timeout = Patience)]
    public async Task A_serial_is_the_segment_shifted_by_sixteen_and_the_index()
    {
        await using var broker = new Broker();
        JournalEntry first = await broker.Journal.AppendAsync(Broker.Alice, Event, default);
        JournalEntry second = await broker.Journal.AppendAsync(Broker.Alice, Event, default);
        Assert.Equal((1L << 16) | 2, (long)first.Position.Serial);
        Assert.Equal((1L << 16) | 3, (long)second.Position.Serial);
        Assert.True(JournalPosition.TryFromSerial(second.Position.Serial, out JournalPosition position));
        Assert.Equal(second.Position, position);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(65_535UL)]
    [InlineData(65_536UL)]
    [InlineData(ulong.MaxValue)]
    public void A_number_outside_of_every_segment_is_no_serial(ulong serial) => Assert.False(JournalPosition.TryFromSerial(serial, out _));

    [Fact(Timeout = Patience)]
    public async Task Three_writers_give_three_thousand_serials_that_are_unique_and_dense()
    {
        var store = new InMemoryStore();
        Broker[] brokers = [.. Enumerable.Range(0, 3).Select(number => new Broker(store, instance: $"{number}"))];
        ulong[][] serials = await Task.WhenAll(brokers.Select(broker => Task.WhenAll(Enumerable.Range(0, 1000).Select(async _ =>
        {
            await Task.Yield();
            return (await broker.Journal.AppendAsync(Broker.Alice, Event, default)).Position.Serial;
        }))));
        Assert.Equal(3000, serials.SelectMany(serial => serial).Distinct().Count());
        foreach (ulong[] ofOne in serials)
            Assert.Equal(Enumerable.Range(2, 1000), ofOne.Select(serial => (int)(serial & 0xFFFF)).Order());
        Assert.Equal(3003, (await brokers[0].EntriesAsync()).Length);
        foreach (Broker broker in brokers) await broker.DisposeAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task A_reservation_that_stays_open_holds_what_comes_later_until_it_is_voided()
    {
        await using var broker = new Broker();
        JournalReservation open = await broker.Journal.ReserveAsync(Broker.Alice, default);
        Task<JournalEntry> later = broker.Journal.AppendAsync(Broker.Alice, Event, default);
        JournalEntry[] before = [.. await broker.EntriesAsync()];
        Assert.True(before.Length <= 1);
        Assert.False(later.IsCompleted);
        open.Void("changed my mind");
        Assert.Equal(open.Position.Index + 1, (await later).Position.Index);
        ImmutableArray<JournalEntry> entries = await broker.EntriesAsync();
        Assert.Equal(new JournalEvent.EntryVoid("changed my mind"), entries[1].Event);
    }

    [Fact(Timeout = Patience)]
    public async Task A_disposed_reservation_becomes_a_void_entry_and_a_spent_one_stays_what_it_is()
    {
        await using var broker = new Broker();
        (await broker.Journal.ReserveAsync(Broker.Alice, default)).Dispose();
        using (JournalReservation spent = await broker.Journal.ReserveAsync(Broker.Alice, default))
        {
            await spent.CompleteAsync(Event);
            await Assert.ThrowsAsync<InvalidOperationException>(() => spent.CompleteAsync(Event));
        }

        ImmutableArray<JournalEntry> entries = await broker.EntriesAsync();
        Assert.Equal(["segment.opened", "entry.void", "private-key.received"], entries.Select(entry => entry.Event.Kind));
    }

    [Fact(Timeout = Patience)]
    public async Task A_failed_commit_fails_those_who_wait_and_the_next_append_opens_a_segment()
    {
        await using var broker = new Broker();
        JournalEntry kept = await broker.Journal.AppendAsync(Broker.Alice, Event, default);
        JournalReservation first = await broker.Journal.ReserveAsync(Broker.Alice, default);
        JournalReservation second = await broker.Journal.ReserveAsync(Broker.Alice, default);
        broker.Store.FailNextCommit();
        Task<JournalEntry> firstEntry = first.CompleteAsync(Event);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => firstEntry);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => second.CompleteAsync(Event));
        JournalEntry next = await broker.Journal.AppendAsync(Broker.Alice, Event, default);
        Assert.Equal(kept.Position.Segment + 1, next.Position.Segment);
        // Besides, at any time from now on, the entry that ends the segment which failed.
        Assert.Equal(4, (await broker.EntriesAsync()).Count(entry => entry.Event is not JournalEvent.SegmentClosed));
    }

    [Fact(Timeout = Patience)]
    public async Task A_lost_answer_never_gives_one_serial_twice()
    {
        await using var broker = new Broker();
        JournalEntry before = await broker.Journal.AppendAsync(Broker.Alice, Event, default);
        broker.Store.LoseNextAnswer();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => broker.Journal.AppendAsync(Broker.Alice, Event, default));
        JournalEntry after = await broker.Journal.AppendAsync(Broker.Alice, Event, default);
        Assert.Equal(before.Position.Segment + 1, after.Position.Segment);
        JournalEntry[] entries = [.. (await broker.EntriesAsync()).Where(entry => entry.Event is not JournalEvent.SegmentClosed)];
        Assert.Equal(5, entries.Length);
        Assert.Equal(5, entries.Select(entry => entry.Position.Serial).Distinct().Count());
    }

    [Fact(Timeout = Patience)]
    public async Task While_the_store_is_away_nothing_is_reserved_and_afterwards_all_is_well()
    {
        await using var broker = new Broker();
        broker.Store.IsAway = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => broker.Journal.AppendAsync(Broker.Alice, Event, default));
        broker.Store.IsAway = false;
        Assert.Equal(2, (await broker.Journal.AppendAsync(Broker.Alice, Event, default)).Position.Index);
    }

    [Fact(Timeout = Patience)]
    public async Task A_full_segment_ends_with_its_closing_and_the_next_one_opens()
    {
        await using var broker = new Broker();
        for (int index = 2; index < JournalPosition.MaximumIndex; index++)
            (await broker.Journal.ReserveAsync(Broker.Alice, default)).Dispose();
        JournalEntry next = await broker.Journal.AppendAsync(Broker.Alice, Event, default);
        Assert.Equal(new JournalPosition(2, 2), next.Position);
        await broker.Journal.DisposeAsync();
        JournalEntry? last = await broker.Reader.FindAsync(new JournalPosition(1, JournalPosition.MaximumIndex), default);
        Assert.Equal(new JournalEvent.SegmentClosed("full"), last!.Event);
        Assert.Equal(JournalPosition.MaximumIndex + 3, (await broker.EntriesAsync()).Length);
    }

    [Fact(Timeout = Patience)]
    public async Task Stopping_writes_a_closing_entry_and_nothing_can_be_reserved_any_more()
    {
        var broker = new Broker();
        await broker.Journal.AppendAsync(Broker.Alice, Event, default);
        await broker.DisposeAsync();
        Assert.Equal(new JournalEvent.SegmentClosed("stopped"), (await broker.EntriesAsync())[^1].Event);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await broker.Journal.ReserveAsync(Broker.Alice, default));
        await broker.Journal.DisposeAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Whoever_waits_for_a_segment_while_the_journal_stops_is_told_and_does_not_wait_for_ever()
    {
        var broker = new Broker();
        HeldCommit lease = broker.Store.HoldNextCommit();
        Task<JournalEntry> first = broker.Journal.AppendAsync(Broker.Alice, Event, default);
        await lease.Reached;
        Task stopping = broker.Journal.DisposeAsync().AsTask();
        Task<JournalEntry> waiting = broker.Journal.AppendAsync(Broker.Alice, Event, default);
        lease.Release();
        await stopping;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Task.WhenAny(first);
    }

    [Fact(Timeout = Patience)]
    public async Task An_abandoned_segment_is_ended_behind_its_last_durable_entry_and_ones_own_is_left()
    {
        var store = new InMemoryStore();
        var dead = new Broker(store, instance: "dead");
        JournalEntry last = await dead.Journal.AppendAsync(Broker.Alice, Event, default);
        await using var living = new Broker(store, instance: "living");
        await living.Journal.AppendAsync(Broker.Alice, Event, default);
        Assert.Equal(1, await living.Journal.CloseAbandonedAsync(default));
        Assert.Equal(0, await living.Journal.CloseAbandonedAsync(default));
        StoredDocument? record = await store.GetAsync(new DocumentKey("segments", "s:000000000000001"), default);
        string text = System.Text.Encoding.UTF8.GetString(record!.Body.Span);
        JournalEntry end = (await living.EntriesAsync()).Single(entry => entry.Event == new JournalEvent.SegmentClosed("abandoned"));
        Assert.Equal((last.Position.Segment, last.Position.Index + 1, last.Hash), (end.Position.Segment, end.Position.Index, end.Previous));
        Assert.Contains($"\"lastIndex\":{end.Position.Index}", text, StringComparison.Ordinal);
        Assert.Contains(end.Hash, text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Whoever_completes_an_entry_never_runs_the_writer()
    {
        await using var broker = new Broker();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watched = new WatchedStore(broker.Store);
        await using var journal = new JournalWriter(watched, broker.Clock, "watched", "1.0");
        await journal.AppendAsync(Broker.Alice, Event, default);
        var thread = new Thread(() =>
        {
            for (int round = 0; round < 300; round++)
            {
                JournalReservation reservation = journal.ReserveAsync(Caller.System, default).AsTask().GetAwaiter().GetResult();
                Thread.Yield();
                reservation.CompleteAsync(Event).GetAwaiter().GetResult();
            }

            watched.CompletingThread = 0;
            done.SetResult();
        });
        watched.CompletingThread = thread.ManagedThreadId;
        thread.Start();
        await done.Task;
        Assert.Equal(0, watched.CommitsOnCompletingThread);
    }

    private sealed class WatchedStore(InMemoryStore inner) : IStore
    {
        public int CompletingThread { get; set; }

        public int CommitsOnCompletingThread { get; private set; }

        public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken) => inner.GetAsync(key, cancellationToken);

        public ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken) =>
            inner.ListAsync(partition, range, cancellationToken);

        public ValueTask<CommitResult> CommitAsync(
            string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
        {
            if (Environment.CurrentManagedThreadId == CompletingThread) CommitsOnCompletingThread++;
            return inner.CommitAsync(partition, changes, cancellationToken);
        }
    }
}
