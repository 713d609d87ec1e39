using SshFunctions.App.Hosting.Opening;
using SshFunctions.App.Queue;
using SshFunctions.App.Timer;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Queue;

namespace SshFunctions.App.Hosting;

/// <summary>Runs the queue and timer functions where no Functions host does: on one machine, or on the one of several brokers that leads.</summary>
internal sealed class BackgroundWork(
    IServiceProvider services, TimeProvider clock, ILogger<BackgroundWork> log, BrokerGate? gate = null) : BackgroundService
{
    private static readonly EventId Failed = new(30, "FunctionFailed");
    private static readonly EventId PutAside = new(31, "MessagePutAside");
    private static readonly EventId Leading = new(34, "LeadsBackgroundWork");

    // A message that failed, or that a process left behind which died, or that another broker sent, is not announced.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    // What is not let go ends by itself.
    private static readonly TimeSpan LongestRelease = TimeSpan.FromSeconds(2);

    private volatile bool _leads;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await WaitForBrokerAsync(stoppingToken)) return;
        LocalQueue queue = services.GetRequiredService<LocalQueue>();
        WorkLease? lease = services.GetService<WorkLease>();
        _leads = lease is null;
        await Task.WhenAll(
        [
            .. lease is null ? [] : new[] { KeepAsync(lease, stoppingToken) },
            .. QueueTrigger.All.Select(trigger => ServeAsync(queue, trigger, stoppingToken)),
            .. TimerFunctions.All.Select(function => RepeatAsync(function, stoppingToken)),
        ]);
    }

    private async Task<bool> WaitForBrokerAsync(CancellationToken stopping)
    {
        while (gate is not null && !stopping.IsCancellationRequested)
        {
            if (await TryAsync("open", token => gate.EnterAsync(token), stopping)) break;
            await PauseAsync(PollInterval, stopping);
        }

        return !stopping.IsCancellationRequested;
    }

    private async Task KeepAsync(WorkLease lease, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            bool led = _leads;
            bool held = false;
            _leads = await TryAsync("lease", async token => held = await lease.TryHoldAsync(token), stopping) && held;
            if (_leads && !led) log.LogInformation(Leading, "This broker runs the background work");
            await PauseAsync(WorkLease.RenewalInterval, stopping);
        }

        if (!_leads) return;
        using var limit = new CancellationTokenSource(LongestRelease, clock);
        await TryAsync("lease", lease.ReleaseAsync, limit.Token);
    }

    private async Task ServeAsync(LocalQueue queue, QueueTrigger trigger, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            Task sent = queue.NextSend(trigger.Queue);
            if (_leads) await DrainAsync(queue, trigger, stopping);
            await Task.WhenAny(sent, PauseAsync(PollInterval, stopping));
        }
    }

    private async Task RepeatAsync(ITimerFunction function, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await PauseAsync(function.Declaration.Interval, stopping);
            if (_leads) await TryAsync(function.Declaration.Name, token => function.HandleAsync(services, token), stopping);
        }
    }

    private async Task DrainAsync(LocalQueue queue, QueueTrigger trigger, CancellationToken stopping)
    {
        Task<bool> Handle(ReadOnlyMemory<byte> message, CancellationToken token) =>
            TryAsync(trigger.Name, running => trigger.HandleAsync(services, message, running), token);
        await TryAsync(trigger.Name, async token =>
        {
            QueueOutcome outcome;
            do
            {
                outcome = await queue.DeliverAsync(trigger.Queue, Handle, token);
                if (outcome == QueueOutcome.PutAside)
                    log.LogError(PutAside, "A message of queue {Queue} failed {Count} times and was put aside", trigger.Queue, QueueLimits.MaximumTryCount);
            }
            while (outcome != QueueOutcome.Empty && !token.IsCancellationRequested);
        }, stopping);
    }

    /// <summary>Whether it went well; whatever fails here is worth less than the broker, which an exception would stop.</summary>
    private async Task<bool> TryAsync(string name, Func<CancellationToken, Task> run, CancellationToken stopping)
    {
        try
        {
            await run(stopping);
            return true;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The broker stops; what was in hand comes again.
            return false;
        }
        catch (Exception fault)
        {
            log.LogError(Failed, fault, "{Function} failed", name);
            return false;
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stopping) =>
        await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
