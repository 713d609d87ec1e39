namespace SshFunctions.Support.Functions;

/// <summary>Invocations that are over, for who waits for them.</summary>
public sealed class InvocationLog
{
    private readonly Lock _lock = new();
    private readonly List<InvocationRecord> _records = [];
    private TaskCompletionSource _next = New();

    /// <summary>All of one function, in the order of their ends.</summary>
    /// <param name="function">The function's name.</param>
    public IReadOnlyList<InvocationRecord> Of(string function)
    {
        lock (_lock) return [.. _records.Where(record => record.Function == function)];
    }

    /// <summary>Waits until a function was invoked so often.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="count">How often.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>All of them.</returns>
    public async Task<IReadOnlyList<InvocationRecord>> WaitAsync(string function, int count, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task next;
            lock (_lock) next = _next.Task;
            if (Of(function) is { } records && records.Count >= count) return records;
            await next.WaitAsync(cancellationToken);
        }
    }

    internal void Add(InvocationRecord record)
    {
        TaskCompletionSource told;
        lock (_lock)
        {
            _records.Add(record);
            (told, _next) = (_next, New());
        }

        told.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
