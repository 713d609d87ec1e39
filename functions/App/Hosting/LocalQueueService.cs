using SshFunctions.App.Queue;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Queue;

namespace SshFunctions.App.Hosting;

/// <summary>Runs the queue functions on one machine, as the Functions host does in Azure: by message, and by time where messages were lost.</summary>
internal sealed class LocalQueueService(
    LocalQueue queue, IServiceProvider services, TimeProvider clock, ILogger<LocalQueueService> log) : BackgroundService
{
    private static readonly EventId Failed = new(30, "QueueFunctionFailed");
    private static readonly EventId PutAside = new(31, "MessagePutAside");

    // A message that failed, or that a process left behind which died, is not announced.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(QueueFunctions.All.Select(function => ServeAsync(function, stoppingToken)));

    private async Task ServeAsync(IQueueFunction function, CancellationToken stopping)
    {
        DateTimeOffset swept = clock.GetUtcNow();
        while (!stopping.IsCancellationRequested)
        {
            Task sent = queue.NextSend(function.Declaration.Queue);
            await DrainAsync(function, stopping);
            if (clock.GetUtcNow() - swept >= function.Declaration.SweepInterval)
            {
                swept = clock.GetUtcNow();
                await TryAsync(function, "{}"u8.ToArray(), stopping);
            }

            await Task.WhenAny(sent, Task.Delay(PollInterval, clock, stopping));
        }
    }

    private async Task DrainAsync(IQueueFunction function, CancellationToken stopping)
    {
        string name = function.Declaration.Queue;
        try
        {
            QueueOutcome outcome;
            do
            {
                outcome = await queue.DeliverAsync(name, (message, token) => TryAsync(function, message, token), stopping);
                if (outcome == QueueOutcome.PutAside)
                    log.LogError(PutAside, "A message of queue {Queue} failed {Count} times and was put aside", name, QueueLimits.MaximumTryCount);
            }
            while (outcome != QueueOutcome.Empty && !stopping.IsCancellationRequested);
        }
        catch (StoreUnavailableException away)
        {
            log.LogError(Failed, away, "Queue {Queue} can't be read", name);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The broker stops; what was in hand comes again.
        }
    }

    /// <summary>Whether it went well; a fault of one message must end neither the broker nor the other messages.</summary>
    private async Task<bool> TryAsync(IQueueFunction function, ReadOnlyMemory<byte> message, CancellationToken stopping)
    {
        try
        {
            await function.HandleAsync(services, message, stopping);
            return true;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            log.LogError(Failed, fault, "{Function} failed", function.Declaration.Name);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
