using NCrontab;

namespace SshFunctions.Support.Functions;

/// <summary>Fires one timer: by its schedule, and when a test says so. Runs never overlap, and a failed one is not made good.</summary>
internal sealed class TimerListener(DeployedFunction function, InvocationClient client, InvocationLog log, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _running = new(1, 1);
    private readonly CrontabSchedule _schedule =
        CrontabSchedule.Parse(function.Setting("schedule"), new CrontabSchedule.ParseOptions { IncludingSeconds = true });

    public void Dispose() => _running.Dispose();

    public string Name => function.Name;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            DateTime now = clock.GetUtcNow().UtcDateTime;
            await Task.Delay(_schedule.GetNextOccurrence(now) - now, clock, stopping);
            await FireAsync(isPastDue: false, stopping);
        }
    }

    public async Task<InvocationRecord> FireAsync(bool isPastDue, CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            HostInvocation invocation = HostInvocation.OfTimer(function.Name, function.BindingName, isPastDue, clock.GetUtcNow());
            string? fault = await client.InvokeAsync(function.Name, invocation, cancellationToken);
            var record = new InvocationRecord(function.Name, fault is null, fault);
            log.Add(record);
            return record;
        }
        finally
        {
            _running.Release();
        }
    }
}
