using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Journal;

public sealed class JournalMaintenanceTests
{
    private const int Patience = 60_000;
    private static readonly JournalEvent Event = new JournalEvent.PrivateKeyReceived("SHA256:test");
    private static readonly JournalEvent Abandoned = new JournalEvent.SegmentClosed("abandoned");

    private readonly InMemoryStore _store = new();
    private readonly ManualClock _clock = new();

    [Fact(Timeout = Patience)]
    public async Task A_segment_is_left_to_its_writer_until_its_last_entry_is_old()
    {
        await using var broker = new Broker(_store, _clock);
        var maintenance = new JournalMaintenance(_store, _clock);
        await broker.Journal.AppendAsync(Broker.Alice, Event, default);
        _clock.Advance(JournalMaintenance.AbandonedAfter - TimeSpan.FromSeconds(1));
        await broker.Journal.AppendAsync(Broker.Alice, Event, default);
        _clock.Advance(JournalMaintenance.AbandonedAfter - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await maintenance.CloseAbandonedAsync(default));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await maintenance.CloseAbandonedAsync(default));
        Assert.Equal(0, await maintenance.CloseAbandonedAsync(default));
        Assert.Equal(Abandoned, (await broker.EntriesAsync())[^1].Event);
    }

    [Fact(Timeout = Patience)]
    public async Task A_writer_that_was_only_asleep_is_refused_once_and_goes_on_in_another_segment()
    {
        await using var asleep = new Broker(_store, _clock);
        JournalEntry before = await asleep.Journal.AppendAsync(Broker.Alice, Event, default);
        using JournalReservation reserved = await asleep.Journal.ReserveAsync(Broker.Alice, default);
        _clock.Advance(JournalMaintenance.AbandonedAfter);
        Assert.Equal(1, await new JournalMaintenance(_store, _clock).CloseAbandonedAsync(default));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => reserved.CompleteAsync(Event));
        JournalEntry after = await asleep.Journal.AppendAsync(Broker.Alice, Event, default);
        Assert.Equal(before.Position.Segment + 1, after.Position.Segment);
        Assert.Single(await asleep.EntriesAsync(), entry => entry.Event == Abandoned && entry.Position == reserved.Position);
    }

    [Fact(Timeout = Patience)]
    public async Task A_writer_among_several_leaves_an_idle_segment_before_it_counts_as_abandoned()
    {
        await using var writer = new JournalWriter(_store, _clock, "idle", "1.0", JournalMaintenance.IdleLimit);
        JournalEntry before = await writer.AppendAsync(Broker.Alice, Event, default);
        _clock.Advance(JournalMaintenance.IdleLimit - TimeSpan.FromSeconds(1));
        JournalEntry still = await writer.AppendAsync(Broker.Alice, Event, default);
        _clock.Advance(JournalMaintenance.IdleLimit);
        JournalEntry after = await writer.AppendAsync(Broker.Alice, Event, default);
        Assert.Equal(before.Position.Segment, still.Position.Segment);
        Assert.Equal(before.Position.Segment + 1, after.Position.Segment);
        Assert.True(JournalMaintenance.IdleLimit < JournalMaintenance.AbandonedAfter);
    }

    [Fact(Timeout = Patience)]
    public async Task A_segment_that_was_leased_and_never_written_is_ended_at_its_first_entry()
    {
        await using var reader = new Broker(_store, _clock, "reader");
        var registry = new SegmentRegistry(_store, _clock);
        await registry.LeaseAsync("died at once", default);
        _clock.Advance(JournalMaintenance.AbandonedAfter);
        Assert.Equal(1, await new JournalMaintenance(_store, _clock).CloseAbandonedAsync(default));
        JournalEntry only = Assert.Single(await reader.EntriesAsync());
        Assert.Equal((Abandoned, 1, JournalEntry.NoPrevious), (only.Event, only.Position.Index, only.Previous));
    }

    [Fact(Timeout = Patience)]
    public async Task Several_instances_that_clean_up_at_once_end_a_segment_once()
    {
        var dead = new Broker(_store, _clock, "dead");
        await dead.Journal.AppendAsync(Broker.Alice, Event, default);
        _clock.Advance(JournalMaintenance.AbandonedAfter);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new JournalMaintenance(_store, _clock).CloseAbandonedAsync(default))));
        await using var reader = new Broker(_store, _clock, "reader");
        Assert.Single(await reader.EntriesAsync(), entry => entry.Event == Abandoned);
    }
}
