namespace SshFunctions.Support.Proofs.Histories;

/// <summary>What happened to one partition, as steps over states. A version stands for the write that made it.</summary>
internal sealed class PartitionHistory
{
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Row, string Value), int> _writes = [];
    private readonly Dictionary<(int Row, string Version), int> _versions = [];

    private PartitionHistory()
    {
    }

    public int RowCount => _rows.Count;

    public List<PartitionStep> Steps { get; } = [];

    /// <summary>What no order of the operations could explain; null for nothing so far.</summary>
    public string? Fault { get; private set; }

    public static PartitionHistory Of(IReadOnlyCollection<HistoryOperation> operations)
    {
        var history = new PartitionHistory();
        foreach (HistoryOperation operation in operations) history.NameWrites(operation);
        foreach (HistoryOperation operation in operations) history.NameVersions(operation);
        foreach (HistoryOperation operation in operations) history.AddSteps(operation);
        history.Steps.Sort((one, other) => one.Invoked.CompareTo(other.Invoked));
        return history;
    }

    private void NameWrites(HistoryOperation operation)
    {
        if (operation.Call is HistoryCall.Read get) IndexOf(get.Row);
        if (operation.Call is not HistoryCall.Commit commit) return;
        foreach (HistoryChange change in commit.Changes)
        {
            if (change.Value is { } value && !_writes.TryAdd((IndexOf(change.Row), value), _writes.Count + 1))
                throw new ArgumentException($"{value} is written to {change.Row} twice: nobody could tell them apart");
        }
    }

    private void NameVersions(HistoryOperation operation)
    {
        switch (operation.Call, operation.Answer)
        {
            case (_, HistoryAnswer.Found found):
                foreach (HistoryRow row in found.Rows)
                {
                    if (_writes.TryGetValue((IndexOf(row.Row), row.Value), out int write)) Name(operation, IndexOf(row.Row), row.Version, write);
                    else Fault ??= $"{row.Value} was read from {row.Row}, and nobody wrote it: {operation}";
                }

                break;
            case (HistoryCall.Commit commit, HistoryAnswer.Committed done):
                foreach ((HistoryChange change, string? version) in commit.Changes.Zip(done.Versions))
                {
                    int row = IndexOf(change.Row);
                    if (change.Value is { } value) Name(operation, row, version!, _writes[(row, value)]);
                }

                break;
        }
    }

    private void Name(HistoryOperation operation, int row, string version, int write)
    {
        // A write may have two: who lost its answer and finds it overwritten is told one that matches nothing any more, as is right by then.
        if (_versions.GetValueOrDefault((row, version), write) != write) Fault ??= $"version {version} stands for two writes: {operation}";
        _versions[(row, version)] = write;
    }

    private void AddSteps(HistoryOperation operation)
    {
        switch (operation.Call)
        {
            case HistoryCall.Read get when operation.Answer is HistoryAnswer.Found found:
                Steps.Add(PartitionStep.OfRead(operation, IndexOf(get.Row), WriteIn(found, get.Row)));
                break;
            case HistoryCall.List when operation.Answer is HistoryAnswer.Found found:
                // No snapshot: each row by itself.
                foreach (string row in _rows.Keys) Steps.Add(PartitionStep.OfRead(operation, IndexOf(row), WriteIn(found, row)));
                break;
            case HistoryCall.Commit commit:
                Steps.Add(PartitionStep.OfCommit(operation, [.. commit.Changes.Select(StepOf)]));
                break;
        }
    }

    private (int Row, int Expected, int Written) StepOf(HistoryChange change)
    {
        int row = IndexOf(change.Row);
        // A version that nobody ever saw on the row is a stale one.
        int expected = change.Version is { } version ? _versions.GetValueOrDefault((row, version), -1) : 0;
        return (row, expected, change.Value is { } value ? _writes[(row, value)] : 0);
    }

    private int WriteIn(HistoryAnswer.Found found, string row)
    {
        HistoryRow? read = found.Rows.FirstOrDefault(one => one.Row == row);
        return read is null ? 0 : _writes.GetValueOrDefault((IndexOf(row), read.Value), -1);
    }

    private int IndexOf(string row)
    {
        if (!_rows.TryGetValue(row, out int index)) _rows.Add(row, index = _rows.Count);
        return index;
    }
}
