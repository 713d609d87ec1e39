using SshFunctions.Core.Forwarding;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Forwarding;

public sealed class JournalForwardingTests
{
    private const int Patience = 60_000;
    private readonly InMemoryStore _store = new();
    private readonly ManualClock _clock = new();

    [Fact(Timeout = Patience)]
    public async Task A_target_that_is_away_loses_nothing_and_holds_back_no_other()
    {
        await using Broker broker = new(_store, _clock);
        var near = new MemoryTarget();
        var far = new MemoryTarget { IsAway = true };
        JournalForwarding forwarding = ForwardingTo(near, far);
        await AppendAsync(broker, "k1");

        IReadOnlyList<ForwardingStatus> statuses = await forwarding.RunAsync(default);
        Assert.Equal(["k1"], near.Names);
        Assert.Equal((0, (string?)null, 0L), (statuses[0].FailureCount, statuses[0].Failure, statuses[0].Lag!.EntryCount));
        Assert.Equal((1, "far away", 1L), (statuses[1].FailureCount, statuses[1].Failure, statuses[1].Lag!.EntryCount));
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(30), statuses[1].RetryAt);

        far.IsAway = false;
        await AppendAsync(broker, "k2");
        await forwarding.RunAsync(default);
        Assert.Empty(far.Names); // not before its time
        _clock.Advance(TimeSpan.FromSeconds(30));
        statuses = await forwarding.RunAsync(default);
        Assert.Equal(["k1", "k2"], near.Names);
        Assert.Equal(["k1", "k2"], far.Names);
        Assert.Equal((0, (DateTimeOffset?)null, (DateTimeOffset?)_clock.GetUtcNow()), (statuses[1].FailureCount, statuses[1].FailedSince, statuses[1].LastSent));
    }

    [Fact(Timeout = Patience)]
    public async Task Pauses_grow_up_to_five_minutes_and_tell_since_when_it_fails()
    {
        await using Broker broker = new(_store, _clock);
        JournalForwarding forwarding = ForwardingTo(new MemoryTarget { IsAway = true });
        await AppendAsync(broker, "k1");
        DateTimeOffset start = _clock.GetUtcNow();
        var pauses = new List<double>();
        for (int attempt = 0; attempt < 6; attempt++)
        {
            ForwardingStatus status = Assert.Single(await forwarding.RunAsync(default));
            Assert.Equal(start, status.FailedSince);
            TimeSpan pause = status.RetryAt!.Value - _clock.GetUtcNow();
            pauses.Add(pause.TotalSeconds);
            _clock.Advance(pause);
        }

        Assert.Equal([30, 60, 120, 240, 300, 300], pauses);
    }

    [Fact(Timeout = Patience)]
    public async Task Sends_in_bounded_batches_and_goes_on_at_the_first_entry_of_the_one_that_failed()
    {
        await using Broker broker = new(_store, _clock);
        var target = new MemoryTarget { MaximumBatchCount = 3, FailAfter = 2 };
        JournalForwarding forwarding = ForwardingTo(target);
        for (int index = 0; index < 10; index++) await AppendAsync(broker, $"k{index}");
        await forwarding.RunAsync(default);
        Assert.Equal(6, target.Names.Count);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await forwarding.RunAsync(default);
        Assert.Equal([.. Enumerable.Range(0, 10).Select(index => $"k{index}")], target.Names);
    }

    [Fact(Timeout = Patience)]
    public async Task Lists_a_target_to_which_nothing_was_ever_sent()
    {
        await using Broker broker = new(_store, _clock);
        ForwardingStatus status = Assert.Single(await ForwardingTo(new MemoryTarget()).ListAsync(default));
        Assert.Equal(new ForwardingStatus("t0", "memory", null, 0, null, null, null, null), status);
    }

    private JournalForwarding ForwardingTo(params MemoryTarget[] targets)
    {
        Assert.True(JournalSelection.TryCreate(["private-key.*"], ResourcePath.Root, out JournalSelection? keys, out _));
        return new JournalForwarding(
            _store, new JournalFollower(_store, _clock), targets.Select((target, index) => new JournalForwarder($"t{index}", keys, target)), _clock);
    }

    private static Task<JournalEntry> AppendAsync(Broker broker, string name) =>
        broker.Journal.AppendAsync(Broker.Alice, new JournalEvent.PrivateKeyReceived(name), default);

    private sealed class MemoryTarget : IJournalTarget
    {
        public bool IsAway { get; set; }

        public int? FailAfter { get; set; }

        public List<string> Names { get; } = [];

        public string Description => "memory";

        public int MaximumBatchCount { get; init; } = 100;

        public Task<Result<Done>> SendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
        {
            bool fails = IsAway || FailAfter == 0;
            FailAfter = fails ? null : FailAfter - 1;
            if (fails) return Task.FromResult<Result<Done>>(new Refusal.Unavailable("far away", TimeSpan.Zero));
            Names.AddRange(entries.Select(entry => ((JournalEvent.PrivateKeyReceived)entry.Event).Fingerprint!));
            return Task.FromResult<Result<Done>>(Done.Instance);
        }
    }
}
