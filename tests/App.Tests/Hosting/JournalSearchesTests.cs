using System.Threading.RateLimiting;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Tests.Hosting;

public sealed class JournalSearchesTests : IDisposable
{
    private const int Patience = 60_000;
    private static readonly Caller Alice = new(CallerKind.Person, Subject.Parse("alice"), []);
    private static readonly Caller Bob = new(CallerKind.Person, Subject.Parse("bob"), []);
    private readonly JournalSearches _searches = new();

    public void Dispose() => _searches.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_caller_waits_for_its_own_page_and_goes_on_when_that_is_read()
    {
        RateLimitLease first = (await _searches.EnterAsync(Alice, default)).Value!;
        Task<Result<RateLimitLease>> second = _searches.EnterAsync(Alice, default);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Value!.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Leaves_a_core_to_everybody_else_whoever_asks()
    {
        List<RateLimitLease> turns = [];
        Task<Result<RateLimitLease>>? waiting = null;
        for (int number = 0; waiting is null; number++)
        {
            Task<Result<RateLimitLease>> next = _searches.EnterAsync(Alice with { Subject = Subject.Parse($"s{number}") }, default);
            if (next.IsCompleted) turns.Add((await next).Value!);
            else waiting = next;
        }

        Assert.Equal(Math.Max(1, Environment.ProcessorCount - 1), turns.Count);
        turns.ForEach(turn => turn.Dispose());
        (await waiting).Value!.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_who_lets_too_many_wait_and_nobody_else()
    {
        RateLimitLease first = (await _searches.EnterAsync(Alice, default)).Value!;
        Task<Result<RateLimitLease>>[] waiting = [.. Enumerable.Range(0, 8).Select(_ => _searches.EnterAsync(Alice, default))];
        Refusal refusal = Assert.IsType<Refusal.TooMany>((await _searches.EnterAsync(Alice, default)).Refusal);
        Assert.Equal("Too many pages of the journal are read at once.", refusal.Detail);
        Task<Result<RateLimitLease>> bob = _searches.EnterAsync(Bob, default);
        first.Dispose();
        await Task.WhenAll(waiting.Append(bob).Select(LeaveAsync));
    }

    [Fact(Timeout = Patience)]
    public async Task Who_went_away_holds_up_nobody()
    {
        RateLimitLease first = (await _searches.EnterAsync(Alice, default)).Value!;
        using var gone = new CancellationTokenSource();
        Task<Result<RateLimitLease>> left = _searches.EnterAsync(Alice, gone.Token);
        Task<Result<RateLimitLease>> next = _searches.EnterAsync(Alice, default);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        first.Dispose();
        await LeaveAsync(next);
    }

    private static async Task LeaveAsync(Task<Result<RateLimitLease>> turn) => (await turn).Value!.Dispose();
}
