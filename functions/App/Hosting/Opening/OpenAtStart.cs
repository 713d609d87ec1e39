namespace SshFunctions.App.Hosting.Opening;

/// <summary>Begins to open store and keys when the server starts to listen, not when the first request comes.</summary>
internal sealed class OpenAtStart(BrokerGate gate) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Whoever comes waits for the same attempt; a failure is logged there, and tried again by the next one.
        _ = gate.EnterAsync(CancellationToken.None).ContinueWith(attempt => attempt.Exception, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
