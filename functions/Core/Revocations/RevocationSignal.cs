namespace SshFunctions.Core.Revocations;

/// <summary>Says within this process that the revocation list changed, or may have. Thread safe.</summary>
public sealed class RevocationSignal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Ends at the next change. Take it before the version is read, so that no change falls between the two.</summary>
    public Task Next => _next.Task;

    /// <summary>Wakes whoever waits.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    // Whoever raises it must not run the code of a thousand waiting hosts.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
