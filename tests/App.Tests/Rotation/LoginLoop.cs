using System.Collections.Concurrent;
using SshFunctions.Support.Processes;

namespace SshFunctions.App.Tests.Rotation;

/// <summary>Enters one server after the other, with a new certificate each time, until it is told to stop.</summary>
internal sealed class LoginLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task _running;
    private int _count;

    public LoginLoop(ServerFleet fleet) => _running = RunAsync(fleet);

    public int Count => Volatile.Read(ref _count);

    public IReadOnlyCollection<string> Failures => _failures;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(ServerFleet fleet)
    {
        for (int number = 0; !_stop.IsCancellationRequested; number = (number + 1) % fleet.Servers.Count)
        {
            try
            {
                ProcessRun run = await fleet.LogInAsync(number);
                if (run.ExitCode != 0) _failures.Enqueue($"server {number}: {run.Error}");
            }
            catch (HttpRequestException refused)
            {
                _failures.Enqueue($"server {number}: {refused.Message}");
            }

            Interlocked.Increment(ref _count);
        }
    }
}
