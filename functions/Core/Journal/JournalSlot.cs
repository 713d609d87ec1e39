namespace SshFunctions.Core.Journal;

/// <summary>A reserved index on its way: first filled, then durable.</summary>
internal sealed class JournalSlot(JournalPosition position, DateTimeOffset time, JournalCaller caller)
{
    // Asynchronous, so that whoever fills a slot, perhaps under the segment's lock, never runs the segment's writer.
    private readonly TaskCompletionSource<JournalEvent> _content = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<JournalEntry> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JournalPosition Position => position;

    public DateTimeOffset Time => time;

    public JournalCaller Caller => caller;

    /// <summary>What the entry will record; never faults.</summary>
    public Task<JournalEvent> Content => _content.Task;

    /// <summary>The entry, once it is durable.</summary>
    public Task<JournalEntry> Durable => _durable.Task;

    public bool TryFill(JournalEvent journalEvent) => _content.TrySetResult(journalEvent);

    public void Keep(JournalEntry entry) => _durable.TrySetResult(entry);

    public void Fail(Exception error)
    {
        // Observed here, because the one who reserved may have gone away.
        _durable.TrySetException(error);
        _ = _durable.Task.Exception;
    }
}
