using System.Threading.RateLimiting;
using SshFunctions.Core;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Hosting;

/// <summary>Lets callers look through the journal in turn: one page at a time for each, and where there are several cores never on all.</summary>
/// <remarks>A page may pass thousands of entries to find none, and anybody may ask for one's own; mints go on beside it.</remarks>
internal sealed class JournalSearches : IDisposable
{
    private const int MostWaitingOfCaller = 8;
    private const int MostWaiting = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly PartitionedRateLimiter<Caller> _ofCaller =
        PartitionedRateLimiter.Create<Caller, string>(caller => AtOnce($"{caller.Kind} {caller.Subject}", 1, MostWaitingOfCaller));
    private readonly PartitionedRateLimiter<Caller> _ofAll =
        PartitionedRateLimiter.Create<Caller, string>(_ => AtOnce("", Math.Max(1, Environment.ProcessorCount - 1), MostWaiting));
    private readonly PartitionedRateLimiter<Caller> _turns;

    public JournalSearches() => _turns = PartitionedRateLimiter.CreateChained(_ofCaller, _ofAll);

    /// <summary>Waits for a turn, which lasts until it is disposed.</summary>
    /// <returns><see cref="Refusal.TooMany"/> when too many wait already.</returns>
    public async Task<Result<RateLimitLease>> EnterAsync(Caller caller, CancellationToken cancellationToken)
    {
        RateLimitLease turn = await _turns.AcquireAsync(caller, 1, cancellationToken);
        if (turn.IsAcquired) return turn;
        turn.Dispose();
        return new Refusal.TooMany("Too many pages of the journal are read at once.", Pause);
    }

    public void Dispose()
    {
        _turns.Dispose();
        _ofCaller.Dispose();
        _ofAll.Dispose();
    }

    private static RateLimitPartition<string> AtOnce(string key, int count, int waiting) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = count, QueueLimit = waiting });
}
