using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Journal;

public sealed class JournalFollowerTests : IDisposable
{
    private const int Patience = 60_000;
    private const string Name = "siem";

    private readonly InMemoryStore _store = new();
    private readonly ManualClock _clock = new();
    private readonly List<JournalEntry> _taken = [];

    public void Dispose() => _store.IsAway = false;

    private JournalFollower Follower => new(_store, _clock);

    private IEnumerable<string> TakenNames => _taken.Select(entry => entry.Event).OfType<JournalEvent.PrivateKeyReceived>().Select(told => told.Fingerprint!);

    [Fact(Timeout = Patience)]
    public async Task Gives_every_entry_of_several_brokers_once_and_in_order_within_a_segment()
    {
        await using Broker one = new(_store, _clock, "one");
        await using Broker two = new(_store, _clock, "two");
        for (int index = 0; index < 7; index++)
        {
            await AppendAsync(one, $"a{index}");
            await AppendAsync(two, $"b{index}");
        }

        while ((await FollowAsync(limit: 3)).Outcome == FollowOutcome.More) continue;

        Assert.Equal([.. Enumerable.Range(0, 7).Select(index => $"a{index}")], TakenNames.Where(name => name[0] == 'a'));
        Assert.Equal([.. Enumerable.Range(0, 7).Select(index => $"b{index}")], TakenNames.Where(name => name[0] == 'b'));
        Assert.Equal(16, _taken.Count); // with the first entry of each segment
    }

    [Fact(Timeout = Patience)]
    public async Task Takes_a_batch_of_each_segment_in_turn_so_that_none_waits_for_another()
    {
        await using Broker busy = new(_store, _clock, "busy");
        await using Broker quiet = new(_store, _clock, "quiet");
        for (int index = 0; index < 50; index++) await AppendAsync(busy, $"a{index}");
        await AppendAsync(quiet, "b0");

        Assert.Equal(FollowOutcome.More, (await FollowAsync(limit: 4)).Outcome);
        Assert.Contains("b0", TakenNames);
        Assert.Equal(6, _taken.Count);
    }

    [Fact(Timeout = Patience)]
    public async Task Finds_a_segment_that_is_opened_later_and_what_is_written_to_an_older_one()
    {
        await using Broker one = new(_store, _clock, "one");
        await AppendAsync(one, "a0");
        await FollowAsync();
        await using Broker two = new(_store, _clock, "two");
        await AppendAsync(two, "b0");
        await AppendAsync(one, "a1");
        await FollowAsync();
        Assert.Equal(["a0", "a1", "b0"], TakenNames);
        Assert.Equal(new FollowProgress(0, FollowOutcome.CaughtUp), await FollowAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task Gives_again_what_was_taken_when_a_death_came_before_the_cursor_moved()
    {
        await using Broker one = new(_store, _clock, "one");
        await AppendAsync(one, "a0");
        await FollowAsync();
        await AppendAsync(one, "a1");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => FollowAsync(onTake: () => _store.IsAway = true));
        _store.IsAway = false;
        await FollowAsync();
        Assert.Equal(["a0", "a1", "a1"], TakenNames);
    }

    [Fact(Timeout = Patience)]
    public async Task Gives_again_what_a_taker_left_or_failed_at_and_nothing_before_it()
    {
        await using Broker one = new(_store, _clock, "one");
        for (int index = 0; index < 4; index++) await AppendAsync(one, $"a{index}");
        // The segment's own first entry and a0.
        FollowProgress progress = await Follower.FollowAsync(Name, FollowStart.Beginning, 100, (_, _) => Task.FromResult(2), default);
        Assert.Equal(new FollowProgress(2, FollowOutcome.Stopped), progress);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Follower.FollowAsync(Name, FollowStart.Beginning, 100, (_, _) => throw new InvalidOperationException("away"), default));
        await FollowAsync();
        Assert.Equal(["a1", "a2", "a3"], TakenNames);
    }

    [Fact(Timeout = Patience)]
    public async Task Of_two_instances_at_once_one_stops_and_the_cursor_never_goes_back()
    {
        await using Broker one = new(_store, _clock, "one");
        await AppendAsync(one, "a0");
        bool first = true;
        FollowProgress overtaken = await Follower.FollowAsync(Name, FollowStart.Beginning, 100, async (entries, token) =>
        {
            if (first)
            {
                first = false;
                await FollowAsync();
                await AppendAsync(one, "a1");
                await FollowAsync();
            }

            return entries.Count;
        }, default);
        Assert.Equal(FollowOutcome.Overtaken, overtaken.Outcome);
        Assert.Equal(["a0", "a1"], TakenNames);
        Assert.Equal(0, (await FollowAsync()).TakenCount);
    }

    [Fact(Timeout = Patience)]
    public async Task Many_instances_at_once_lose_nothing()
    {
        await using Broker one = new(_store, _clock, "one");
        for (int index = 0; index < 60; index++) await AppendAsync(one, $"a{index}");
        var lost = new Lock();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while ((await Follower.FollowAsync(Name, FollowStart.Beginning, 7, TakeAsync, default)).Outcome is FollowOutcome.More or FollowOutcome.Overtaken)
                await Task.Yield();
        })));

        Assert.Equal([.. Enumerable.Range(0, 60).Select(index => $"a{index}")], TakenNames.Distinct());

        Task<int> TakeAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
        {
            lock (lost) _taken.AddRange(entries);
            return Task.FromResult(entries.Count);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Keeps_no_cursor_of_a_segment_that_is_closed_and_taken_to_its_end()
    {
        for (int start = 0; start < 5; start++)
        {
            await using Broker one = new(_store, _clock, $"start {start}");
            await AppendAsync(one, $"a{start}");
        }

        await FollowAsync();
        Stored<FollowerRecord>? record = await _store.ReadAsync(new DocumentKey("followers", Name), CoreJson.Default.FollowerRecord, default);
        Assert.Equal((6, 0), (record!.Value.Floor, record.Value.Cursors.Length));
        Assert.Equal(5, TakenNames.Count());
    }

    [Fact(Timeout = Patience)]
    public async Task A_segment_that_stays_open_holds_back_no_younger_one()
    {
        await using Broker old = new(_store, _clock, "old");
        await AppendAsync(old, "a0");
        await using (Broker young = new(_store, _clock, "young")) await AppendAsync(young, "b0");
        await FollowAsync();
        await AppendAsync(old, "a1");
        await FollowAsync();
        Assert.Equal(["a0", "b0", "a1"], TakenNames);
    }

    [Fact(Timeout = Patience)]
    public async Task Tells_how_far_a_follower_is_behind()
    {
        await using Broker one = new(_store, _clock, "one");
        await AppendAsync(one, "a0");
        Assert.Null(await Follower.FindLagAsync(Name, default));
        await FollowAsync();
        Assert.Equal(new JournalLag(0, null), await Follower.FindLagAsync(Name, default));
        _clock.Advance(TimeSpan.FromMinutes(1));
        DateTimeOffset since = _clock.GetUtcNow();
        await AppendAsync(one, "a1");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await AppendAsync(one, "a2");
        Assert.Equal(new JournalLag(2, since), await Follower.FindLagAsync(Name, default));
    }

    [Fact(Timeout = Patience)]
    public async Task One_that_begins_with_the_recent_past_is_not_given_the_years_before()
    {
        await using (Broker past = new(_store, _clock, "past")) await AppendAsync(past, "closed long ago");
        await using Broker one = new(_store, _clock, "one");
        await AppendAsync(one, "long ago");
        _clock.Advance(TimeSpan.FromDays(1));
        await AppendAsync(one, "just now");
        while ((await FollowAsync(limit: 1, start: FollowStart.Recent)).Outcome == FollowOutcome.More) continue;
        await AppendAsync(one, "since then");
        _clock.Advance(TimeSpan.FromDays(1));
        while ((await FollowAsync(limit: 1, start: FollowStart.Recent)).Outcome == FollowOutcome.More) continue;
        Assert.Equal(["just now", "since then"], TakenNames);
    }

    [Fact(Timeout = Patience)]
    public async Task Followers_do_not_share_a_cursor()
    {
        await using Broker one = new(_store, _clock, "one");
        await AppendAsync(one, "a0");
        await FollowAsync();
        await Follower.FollowAsync("another", FollowStart.Beginning, 100, Take, default);
        Assert.Equal(["a0", "a0"], TakenNames);
    }

    private static Task<JournalEntry> AppendAsync(Broker broker, string name) =>
        broker.Journal.AppendAsync(Broker.Alice, new JournalEvent.PrivateKeyReceived(name), default);

    private Task<FollowProgress> FollowAsync(int limit = 100, Action? onTake = null, FollowStart start = FollowStart.Beginning) =>
        Follower.FollowAsync(Name, start, limit, (entries, token) =>
        {
            onTake?.Invoke();
            return Take(entries, token);
        }, default);

    private Task<int> Take(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        _taken.AddRange(entries);
        return Task.FromResult(entries.Count);
    }
}
