using SshFunctions.Azure.KeyVault;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Time;

namespace SshFunctions.Store.Tests.KeyVault;

public sealed class VaultLimiterTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Lets_a_seconds_worth_through_at_once_and_then_the_rate()
    {
        var limiter = new VaultLimiter(new VaultRate(1000), TimeSpan.Zero, _clock);
        Assert.Equal(81, await TakeAllAsync(limiter));
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(40, await TakeAllAsync(limiter));
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(250)]
    [InlineData(10)]
    public async Task Never_asks_more_in_ten_seconds_than_the_vault_gives(int limit)
    {
        var limiter = new VaultLimiter(new VaultRate(limit), TimeSpan.Zero, _clock);
        int taken = await TakeAllAsync(limiter);
        for (int step = 0; step < 100; step++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            taken += await TakeAllAsync(limiter);
        }

        Assert.InRange(taken, limit * 0.8, limit);
    }

    [Fact(Timeout = 30_000)]
    public async Task Makes_the_next_wait_its_turn_and_sends_away_who_would_wait_longer()
    {
        var limiter = new VaultLimiter(new VaultRate(125), TimeSpan.FromMilliseconds(250), _clock);
        for (int burst = 0; burst < 11; burst++) await limiter.WaitAsync(CancellationToken.None);
        Task first = limiter.WaitAsync(CancellationToken.None).AsTask();
        Task second = limiter.WaitAsync(CancellationToken.None).AsTask();
        SignerUnavailableException refused = await Assert.ThrowsAsync<SignerUnavailableException>(() => limiter.WaitAsync(CancellationToken.None).AsTask());
        Assert.Equal(TimeSpan.FromSeconds(1), refused.RetryAfter);
        Assert.False(first.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await first;
        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        await second;
    }

    [Fact]
    public void Knows_the_limits_of_the_types()
    {
        Assert.Equal((2000, 4000), (VaultRate.ForEcdsa(true).SignaturesPerTenSeconds, VaultRate.ForEcdsa(false).SignaturesPerTenSeconds));
        Assert.Equal((500, 1000), (VaultRate.ForRsa(3072, true).SignaturesPerTenSeconds, VaultRate.ForRsa(3072, false).SignaturesPerTenSeconds));
        Assert.Equal((250, 500), (VaultRate.ForRsa(4096, true).SignaturesPerTenSeconds, VaultRate.ForRsa(4096, false).SignaturesPerTenSeconds));
    }

    private static async Task<int> TakeAllAsync(VaultLimiter limiter)
    {
        int taken = 0;
        try
        {
            for (; ; taken++) await limiter.WaitAsync(CancellationToken.None);
        }
        catch (SignerUnavailableException)
        {
            return taken;
        }
    }
}
