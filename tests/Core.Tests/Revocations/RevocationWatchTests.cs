using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Tests.Revocations;

public sealed class RevocationWatchTests
{
    private const int Patience = 60_000;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(50);

    [Fact(Timeout = Patience)]
    public async Task A_newer_version_is_told_without_any_wait()
    {
        await using var broker = new Broker();
        using RevocationWatch watch = WatchOf(broker, out RevocationRegistry revocations);
        await RevokeAsync(broker, revocations, "bob");
        Assert.True(await watch.WaitAsync(0, Wait, default));
        Assert.Equal(0, broker.Clock.WaitingCount);
    }

    [Fact(Timeout = Patience)]
    public async Task A_change_by_this_broker_is_told_at_once_to_everybody_who_waits()
    {
        await using var broker = new Broker();
        using RevocationWatch watch = WatchOf(broker, out RevocationRegistry revocations);
        Task<bool>[] waits = [.. Enumerable.Range(0, 100).Select(_ => watch.WaitAsync(0, Wait, default))];
        Assert.Equal(100, watch.WaitingCount);
        await RevokeAsync(broker, revocations, "bob");
        Assert.All(await Task.WhenAll(waits), Assert.True);
    }

    [Fact(Timeout = Patience)]
    public async Task A_change_by_another_broker_is_told_at_the_next_reading_and_nothing_is_read_when_nobody_waits()
    {
        await using var broker = new Broker();
        using RevocationWatch watch = WatchOf(broker, out _);
        Task<bool> wait = watch.WaitAsync(0, Wait, default);
        await RevokeAsync(broker, broker.Revocations, "bob");
        Assert.False(wait.IsCompleted);
        broker.Clock.Advance(RevocationWatch.PollInterval);
        Assert.True(await wait);
        Assert.Equal(0, watch.WaitingCount);
        // The timer of the wait itself is let go a moment after its end; a reader that went on would make a new one for ever.
        while (broker.Clock.WaitingCount > 0) await Task.Yield();
    }

    [Fact(Timeout = Patience)]
    public async Task A_wait_without_a_change_ends_with_its_time()
    {
        await using var broker = new Broker();
        using RevocationWatch watch = WatchOf(broker, out _);
        Task<bool> wait = watch.WaitAsync(0, Wait, default);
        broker.Clock.Advance(Wait - TimeSpan.FromTicks(1));
        Assert.False(wait.IsCompleted);
        broker.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(await wait);
    }

    [Fact(Timeout = Patience)]
    public async Task Who_gives_up_leaves_the_others_waiting()
    {
        await using var broker = new Broker();
        using RevocationWatch watch = WatchOf(broker, out RevocationRegistry revocations);
        using var patience = new CancellationTokenSource();
        Task<bool> impatient = watch.WaitAsync(0, Wait, patience.Token);
        Task<bool> patient = watch.WaitAsync(0, Wait, default);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await RevokeAsync(broker, revocations, "bob");
        Assert.True(await patient);
    }

    private static RevocationWatch WatchOf(Broker broker, out RevocationRegistry revocations)
    {
        var signal = new RevocationSignal();
        revocations = new RevocationRegistry(broker.Store, broker.Journal, broker.Clock, signal);
        return new RevocationWatch(revocations, signal, broker.Clock);
    }

    private static async Task RevokeAsync(Broker broker, RevocationRegistry revocations, string subject) =>
        Broker.Must(await revocations.RevokeAsync(
            Broker.Admin, [new Revocation(RevocationKind.Subject, subject, "lost", Broker.Admin.Subject, broker.Now, null)], "lost", default));
}
