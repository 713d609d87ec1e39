using SshFunctions.Core;
using SshFunctions.Core.Ports;

namespace SshFunctions.App.Hosting.Opening;

/// <summary>Lets nothing at store and keys before they are open, and opens them when the first one comes, again after a failure.</summary>
/// <remarks>
/// A broker whose backend is away listens all the same: it says so with 503, and serves as soon as the backend is back, without a restart.
/// All who wait share one attempt, and a failed one is answered to everybody for a moment: a storm of requests is no storm on the backend.
/// </remarks>
internal sealed class BrokerGate(
    Func<CancellationToken, Task<Result<OpenBroker>>> open, Func<CancellationToken, Task> prepare, TimeProvider clock, ILogger<BrokerGate> log)
{
    private static readonly EventId Opened = new(22, "Opened");
    private static readonly EventId NotOpened = new(23, "NotOpened");
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task? _attempt;
    private DateTimeOffset _nextAttempt;
    private OpenBroker? _broker;

    /// <summary>What was opened.</summary>
    /// <exception cref="InvalidOperationException">Nothing was; <see cref="EnterAsync"/> comes first.</exception>
    public OpenBroker Broker => Volatile.Read(ref _broker) ?? throw new InvalidOperationException("the broker is not open");

    /// <summary>Waits until store and keys are open.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <exception cref="SignerUnavailableException">A key is away.</exception>
    /// <exception cref="BrokerNotOpenException">The configuration is at odds with what was found.</exception>
    public Task EnterAsync(CancellationToken cancellationToken)
    {
        Task attempt;
        lock (_lock)
        {
            bool again = _attempt is null || (_attempt is { IsCompleted: true, IsCompletedSuccessfully: false } && clock.GetUtcNow() >= _nextAttempt);
            // Not the request's own cancellation: others wait for the same attempt.
            if (again) _attempt = Task.Run(() => TryAsync(CancellationToken.None), CancellationToken.None);
            attempt = _attempt!;
        }

        return attempt.IsCompletedSuccessfully ? Task.CompletedTask : attempt.WaitAsync(cancellationToken);
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Volatile.Read(ref _broker) is null)
            {
                if (!(await open(cancellationToken)).Try(out OpenBroker? broker, out Refusal? refusal)) throw new BrokerNotOpenException(refusal);
                Volatile.Write(ref _broker, broker);
            }

            await prepare(cancellationToken);
            log.LogInformation(Opened, "Store and keys are open");
        }
        catch (Exception fault)
        {
            log.LogError(NotOpened, fault, "Store and keys can't be opened");
            lock (_lock) _nextAttempt = clock.GetUtcNow() + Pause;
            throw;
        }
    }
}
