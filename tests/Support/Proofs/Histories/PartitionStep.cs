using SshFunctions.Core.Ports;

namespace SshFunctions.Support.Proofs.Histories;

/// <summary>An operation as a step from what a partition holds to what it holds then. A state names the write that each row holds; 0 for none.</summary>
internal sealed class PartitionStep
{
    private readonly (int Row, int Write)[] _demands;
    private readonly (int Row, int Expected, int Written)[] _changes;
    private readonly HistoryAnswer? _answer;

    private PartitionStep(HistoryOperation operation, (int Row, int Write)[] demands, (int Row, int Expected, int Written)[] changes)
    {
        Operation = operation;
        _demands = demands;
        _changes = changes;
        _answer = operation.Answer;
    }

    public HistoryOperation Operation { get; }

    public long Invoked => Operation.Invoked;

    // What nobody was answered may happen at any time, and need not happen.
    public long Returned => Operation.Returned ?? long.MaxValue;

    /// <summary>Whether it leaves everything as it was: then it may as well be taken as soon as it fits.</summary>
    public bool IsRead => _changes.Length == 0 || _answer is HistoryAnswer.Conflicted;

    public static PartitionStep OfRead(HistoryOperation operation, int row, int write) => new(operation, [(row, write)], []);

    /// <param name="operation">The commit.</param>
    /// <param name="changes">Row, the write that the change demands (0 for absence, -1 for one that never was), the write that it leaves (0 for none).</param>
    public static PartitionStep OfCommit(HistoryOperation operation, (int Row, int Expected, int Written)[] changes) => new(operation, [], changes);

    /// <summary>Whether it can happen now, with that answer.</summary>
    public bool Fits(int[] state)
    {
        foreach ((int row, int write) in _demands)
        {
            if (state[row] != write) return false;
        }

        if (_answer is not HistoryAnswer.Conflicted conflict) return FirstContradiction(state) < 0;
        return FirstContradiction(state) == conflict.ChangeIndex && ReasonOf(state, conflict.ChangeIndex) == conflict.Reason;
    }

    public int[] Apply(int[] state)
    {
        if (IsRead) return state;
        int[] next = [.. state];
        foreach ((int row, _, int written) in _changes) next[row] = written;
        return next;
    }

    private int FirstContradiction(int[] state) => Array.FindIndex(_changes, change => state[change.Row] != change.Expected);

    private ConflictReason ReasonOf(int[] state, int change) =>
        _changes[change].Expected == 0 ? ConflictReason.Exists : state[_changes[change].Row] == 0 ? ConflictReason.Missing : ConflictReason.Stale;
}
