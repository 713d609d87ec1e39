namespace SshFunctions.Support.Proofs.Schedules;

/// <summary>One thread on which everything of a run happens, in the order in which it became due; so a run is the same each time.</summary>
/// <remarks>What awaits goes on here. A task that is put on the thread pool does not: code that does so can't be played.</remarks>
internal sealed class Stage : SynchronizationContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _due = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private TaskCompletionSource? _idle;

    /// <summary>What came from another thread: with any, the order was left to chance.</summary>
    public int StrayCount { get; private set; }

    /// <summary>Plays until a task ends.</summary>
    public static void Play(Func<Stage, Task> body)
    {
        SynchronizationContext? before = Current;
        var stage = new Stage();
        SetSynchronizationContext(stage);
        try
        {
            Task end = body(stage);
            while (!end.IsCompleted) stage.Step();
            end.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Ends when nothing is due any more.</summary>
    public Task IdleAsync()
    {
        // Continued inline, on this thread.
        _idle = new TaskCompletionSource();
        return _idle.Task;
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_due)
        {
            if (Environment.CurrentManagedThreadId != _thread) StrayCount++;
            _due.Enqueue((d, state));
            Monitor.Pulse(_due);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("nobody waits for the stage");

    public override SynchronizationContext CreateCopy() => this;

    private void Step()
    {
        if (TryTake(out (SendOrPostCallback Callback, object? State) next))
        {
            next.Callback(next.State);
            return;
        }

        if (Interlocked.Exchange(ref _idle, null) is { } idle)
        {
            idle.SetResult();
            return;
        }

        lock (_due)
        {
            if (_due.Count == 0 && !Monitor.Wait(_due, Patience)) throw new TimeoutException("nothing is due, and nobody waits for that");
        }
    }

    private bool TryTake(out (SendOrPostCallback Callback, object? State) next)
    {
        lock (_due) return _due.TryDequeue(out next);
    }
}
