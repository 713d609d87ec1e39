using SshFunctions.App.Queue;
using SshFunctions.App.Timer;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Queue;

namespace SshFunctions.App.Hosting;

/// <summary>Runs the queue and timer functions on one machine, as the Functions host does in Azure.</summary>
internal sealed class LocalQueueService(
    LocalQueue queue, IServiceProvider services, TimeProvider clock, ILogger<LocalQueueService> log) : BackgroundService
{
    private static readonly EventId Failed = new(30, "QueueFunctionFailed");
    private static readonly EventId PutAside = new(31, "MessagePutAside");

    // A message that failed, or that a process left behind which died, is not announced.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
        [
            .. QueueTrigger.All.Select(trigger => ServeAsync(trigger, stoppingToken)),
            .. TimerFunctions.All.Select(function => RepeatAsync(function, stoppingToken)),
        ]);

    private async Task ServeAsync(QueueTrigger trigger, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            Task sent = queue.NextSend(trigger.Queue);
            await DrainAsync(trigger, stopping);
            await Task.WhenAny(sent, Task.Delay(PollInterval, clock, stopping));
        }
    }

    private async Task RepeatAsync(ITimerFunction function, CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(function.Declaration.Interval, clock, stopping);
            await TryAsync(function.Declaration.Name, token => function.HandleAsync(services, token), stopping);
        }
    }

    private async Task DrainAsync(QueueTrigger trigger, CancellationToken stopping)
    {
        string name = trigger.Queue;
        Task<bool> Handle(ReadOnlyMemory<byte> message, CancellationToken token) =>
            TryAsync(trigger.Name, running => trigger.HandleAsync(services, message, running), token);
        try
        {
            QueueOutcome outcome;
            do
            {
                outcome = await queue.DeliverAsync(name, Handle, stopping);
                if (outcome == QueueOutcome.PutAside)
                    log.LogError(PutAside, "A message of queue {Queue} failed {Count} times and was put aside", name, QueueLimits.MaximumTryCount);
            }
            while (outcome != QueueOutcome.Empty && !stopping.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The broker stops; what was in hand comes again.
        }
        catch (Exception fault)
        {
            // Whatever it is: a nudge is worth less than the broker, which an exception from here would stop.
            log.LogError(Failed, fault, "Queue {Queue} can't be read", name);
        }
    }

    /// <summary>Whether it went well; a fault of one message must end neither the broker nor the other messages.</summary>
    private async Task<bool> TryAsync(string name, Func<CancellationToken, Task> run, CancellationToken stopping)
    {
        try
        {
            await run(stopping);
            return true;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            log.LogError(Failed, fault, "{Function} failed", name);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
