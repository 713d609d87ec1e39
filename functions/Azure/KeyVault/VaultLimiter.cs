using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.KeyVault;

/// <summary>Spaces signatures so that the vault need not refuse them: a second's worth at once, then at the key's rate. Thread safe.</summary>
/// <remarks>The generic cell rate algorithm: one time, the next free turn, is the whole state.</remarks>
internal sealed class VaultLimiter(VaultRate rate, TimeSpan longestQueue, TimeProvider clock)
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private TimeSpan _next = -Burst;

    /// <summary>Waits for a turn.</summary>
    /// <exception cref="SignerUnavailableException">It would come too late.</exception>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait = Reserve();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellationToken);
    }

    private TimeSpan Reserve()
    {
        lock (_lock)
        {
            TimeSpan now = clock.GetElapsedTime(_start);
            TimeSpan turn = _next > now - Burst ? _next : now - Burst;
            if (turn - now > longestQueue)
            {
                throw new SignerUnavailableException($"more than {rate.SignaturesPerTenSeconds} signatures in 10 s are asked of the vault's key")
                {
                    RetryAfter = turn - now > TimeSpan.FromSeconds(1) ? turn - now : TimeSpan.FromSeconds(1),
                };
            }

            _next = turn + rate.Interval;
            return turn - now;
        }
    }
}
