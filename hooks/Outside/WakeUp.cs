namespace SshFunctions.Hooks.Outside;

/// <summary>Lets a loop wait for an event or for a time, whichever comes first; events in between count as one.</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim _event = new(0, 1);

    internal void Set()
    {
        try
        {
            _event.Release();
        }
        catch (Exception late) when (late is SemaphoreFullException or ObjectDisposedException)
        {
            // It is set already, or nobody waits any more.
        }
    }

    internal Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => _event.WaitAsync(longest, cancellationToken);

    public void Dispose() => _event.Dispose();
}
