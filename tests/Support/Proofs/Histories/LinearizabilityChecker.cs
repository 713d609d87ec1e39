using System.Globalization;
using System.Text;

namespace SshFunctions.Support.Proofs.Histories;

/// <summary>
/// Says whether a store may have answered so: whether some order of the operations, in which each lies between its question and its answer,
/// explains every answer, a commit being one step for all of its rows.
/// </summary>
/// <remarks>
/// Source: Wing and Gong, "Testing and verifying concurrent objects", with the memory of Lowe, "Testing for linearizability". An operation
/// without an answer takes its place anywhere after its question, or nowhere. Partitions are judged one by one.
/// </remarks>
public static class LinearizabilityChecker
{
    /// <summary>What can't be explained; null when everything can.</summary>
    /// <param name="operations">Of any partitions, in any order; a body is written to a row once at most.</param>
    public static string? FindFault(IEnumerable<HistoryOperation> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        foreach (IGrouping<string, HistoryOperation> partition in operations.GroupBy(operation => operation.Partition))
        {
            var history = PartitionHistory.Of([.. partition]);
            if ((history.Fault ?? new Search(history).FindFault()) is { } fault) return $"partition {partition.Key}: {fault}";
        }

        return null;
    }

    private sealed class Search(PartitionHistory history)
    {
        private readonly PartitionStep[] _steps = [.. history.Steps];
        private readonly bool[] _isTaken = new bool[history.Steps.Count];
        private readonly Stack<(int Step, int[] Before)> _taken = new();
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private int[] _state = new int[history.RowCount];
        private int _first;
        private int _furthest = -1;
        private string _stuck = "";

        public string? FindFault()
        {
            int from = 0;
            while (true)
            {
                int next = FindNext(from, out bool isDone);
                if (isDone) return null;
                if (next >= 0)
                {
                    Take(next);
                    from = _first;
                }
                else if (!TryGoBack(out from))
                {
                    return _stuck;
                }
            }
        }

        // The next step that may come now: it was asked for before any that is still to come was answered, and it fits.
        private int FindNext(int from, out bool isDone)
        {
            isDone = true;
            long answered = long.MaxValue;
            for (int at = _first; at < _steps.Length && _steps[at].Invoked <= answered; at++)
            {
                if (_isTaken[at]) continue;
                answered = Math.Min(answered, _steps[at].Returned);
                isDone &= _steps[at].Operation.Returned is null;
            }

            if (isDone) return -1;
            for (int at = from; at < _steps.Length && _steps[at].Invoked <= answered; at++)
            {
                if (!_isTaken[at] && _steps[at].Fits(_state) && (_steps[at].IsRead || _seen.Add(KeyAfter(at)))) return at;
            }

            Remember(answered);
            return -1;
        }

        private void Take(int step)
        {
            _taken.Push((step, _state));
            _state = _steps[step].Apply(_state);
            _isTaken[step] = true;
            while (_first < _steps.Length && _isTaken[_first]) _first++;
        }

        // A read that fits can wait for nothing better, so only what writes has alternatives.
        private bool TryGoBack(out int from)
        {
            while (_taken.TryPop(out (int Step, int[] Before) last))
            {
                _isTaken[last.Step] = false;
                _first = Math.Min(_first, last.Step);
                _state = last.Before;
                from = last.Step + 1;
                if (!_steps[last.Step].IsRead) return true;
            }

            from = 0;
            return false;
        }

        private string KeyAfter(int step)
        {
            var key = new StringBuilder();
            int[] state = _steps[step].Apply(_state);
            int first = _first;
            while (first < _steps.Length && (_isTaken[first] || first == step)) first++;
            key.Append(CultureInfo.InvariantCulture, $"{first}");
            int last = _steps.Length - 1;
            while (last > first && !_isTaken[last] && last != step) last--;
            for (int at = first; at <= last; at++)
            {
                if (_isTaken[at] || at == step) key.Append(CultureInfo.InvariantCulture, $",{at}");
            }

            foreach (int write in state) key.Append(CultureInfo.InvariantCulture, $";{write}");
            return key.ToString();
        }

        private void Remember(long answered)
        {
            if (_taken.Count <= _furthest) return;
            _furthest = _taken.Count;
            IEnumerable<HistoryOperation> waiting = _steps.Where((step, at) => !_isTaken[at] && step.Invoked <= answered).Select(step => step.Operation);
            IEnumerable<HistoryOperation> before = _taken.Take(12).Reverse().Select(taken => _steps[taken.Step].Operation);
            _stuck = $"after {_taken.Count} of {_steps.Length} steps no order goes on.\nbefore:\n{Lines(before)}\nnone of these fits:\n{Lines(waiting)}";
        }

        private static string Lines(IEnumerable<HistoryOperation> operations) => string.Join('\n', operations.Select(HistoryText.Of));
    }
}
