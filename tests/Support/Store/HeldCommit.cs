namespace SshFunctions.Support.Store;

/// <summary>A commit that hangs until it is released.</summary>
public sealed class HeldCommit
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the commit has begun to hang.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets it happen.</summary>
    public void Release() => _released.TrySetResult();

    internal Task WaitAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _released.Task.WaitAsync(cancellationToken);
    }
}
