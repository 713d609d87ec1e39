using SshFunctions.Local.Queue;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Store.Tests.Queue;

public sealed class WorkLeaseTests
{
    private const int Patience = 60_000;

    private readonly InMemoryStore _store = new();
    private readonly ManualClock _clock = new();

    [Fact(Timeout = Patience)]
    public async Task One_of_many_that_ask_at_once_gets_it()
    {
        for (int round = 0; round < 20; round++)
        {
            bool[] held = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => Of($"{round}-{number}").TryHoldAsync(default))));
            Assert.Single(held, leads => leads);
            _clock.Advance(WorkLease.Life);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Its_holder_keeps_it_by_renewing_and_loses_it_by_falling_silent()
    {
        WorkLease one = Of("one"), two = Of("two");
        Assert.True(await one.TryHoldAsync(default));
        for (int renewal = 0; renewal < 10; renewal++)
        {
            _clock.Advance(WorkLease.RenewalInterval);
            Assert.False(await two.TryHoldAsync(default));
            Assert.True(await one.TryHoldAsync(default));
        }

        _clock.Advance(WorkLease.Life);
        Assert.True(await two.TryHoldAsync(default));
        Assert.False(await one.TryHoldAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task Who_lets_go_is_followed_at_once_and_nobody_lets_go_of_anothers()
    {
        WorkLease one = Of("one"), two = Of("two");
        await two.ReleaseAsync(default);
        Assert.True(await one.TryHoldAsync(default));
        await two.ReleaseAsync(default);
        Assert.False(await two.TryHoldAsync(default));
        await one.ReleaseAsync(default);
        Assert.True(await two.TryHoldAsync(default));
    }

    private WorkLease Of(string holder) => new(_store, _clock, holder);
}
