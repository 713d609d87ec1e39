using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Revocations;

/// <summary>Waits for the revocation list to change, for hosts that want a revocation at once.</summary>
/// <remarks>
/// A change by this broker is signalled; one by another broker is found by reading the version each <see cref="PollInterval"/>: one
/// reader for all who wait, and none while nobody waits.
/// </remarks>
public sealed class RevocationWatch : IDisposable
{
    private readonly RevocationRegistry _revocations;
    private readonly RevocationSignal _signal;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private CancellationTokenSource? _polling;
    private int _waitingCount;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="revocations">Where the version is read.</param>
    /// <param name="signal">Raised by changes of this broker.</param>
    /// <param name="clock">Measures the wait.</param>
    public RevocationWatch(RevocationRegistry revocations, RevocationSignal signal, TimeProvider clock)
    {
        _revocations = revocations;
        _signal = signal;
        _clock = clock;
    }

    /// <summary>How soon a change by another broker is seen.</summary>
    public static TimeSpan PollInterval { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many wait.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_lock) return _waitingCount;
        }
    }

    /// <summary>Waits until the list is newer than a version, or a time has passed.</summary>
    /// <param name="version">The version that is known already.</param>
    /// <param name="wait">Longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there is a newer version.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<bool> WaitAsync(long version, TimeSpan wait, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        Enter(version);
        try
        {
            while (true)
            {
                Task next = _signal.Next;
                if (await _revocations.ReadVersionAsync(cancellationToken) > version) return true;
                TimeSpan left = wait - _clock.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !await IsRaisedAsync(next, left, cancellationToken)) return false;
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Stops reading; who waits still waits for the signal.</summary>
    public void Dispose()
    {
        lock (_lock) StopPolling();
    }

    private async Task<bool> IsRaisedAsync(Task next, TimeSpan left, CancellationToken cancellationToken)
    {
        try
        {
            await next.WaitAsync(left, _clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Enter(long version)
    {
        lock (_lock)
        {
            if (++_waitingCount > 1) return;
            _polling = new CancellationTokenSource();
            _ = PollAsync(version, _polling.Token);
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_waitingCount == 0) StopPolling();
        }
    }

    private void StopPolling()
    {
        _polling?.Cancel();
        _polling?.Dispose();
        _polling = null;
    }

    private async Task PollAsync(long version, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(PollInterval, _clock, cancellationToken);
                long read = await _revocations.ReadVersionAsync(cancellationToken);
                if (read != version) _signal.Raise();
                version = read;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (StoreUnavailableException)
            {
                // The next reading may find it back; whoever waits is woken then, or by the end of the wait.
            }
        }
    }
}
