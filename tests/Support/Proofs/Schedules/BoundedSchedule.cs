namespace SshFunctions.Support.Proofs.Schedules;

/// <summary>
/// One of all schedules with a few interruptions and faults, in order: depth first, each run differing from the one before in its last
/// choice that has another left.
/// </summary>
/// <remarks>Source: Musuvathi and Qadeer, "Iterative context bounding for systematic testing of multithreaded programs": few preemptions show most bugs.</remarks>
public sealed class BoundedSchedule : Schedule
{
    private readonly int[] _prefix;
    private readonly int _preemptionCount;
    private readonly int _faultCount;
    private readonly List<(int Picked, int Count)> _made = [];
    private int _preemptionsLeft;
    private int _faultsLeft;

    /// <summary>The first of them, which neither interrupts nor breaks anything.</summary>
    /// <param name="preemptionCount">How often somebody who could go on is interrupted, at most.</param>
    /// <param name="faultCount">How many faults, at most.</param>
    public BoundedSchedule(int preemptionCount, int faultCount)
        : this(preemptionCount, faultCount, [])
    {
    }

    private BoundedSchedule(int preemptionCount, int faultCount, int[] prefix)
    {
        _prefix = prefix;
        (_preemptionCount, _faultCount) = (preemptionCount, faultCount);
        (_preemptionsLeft, _faultsLeft) = (preemptionCount, faultCount);
    }

    /// <summary>The one after this, which was played to its end; null when all were.</summary>
    public BoundedSchedule? Next()
    {
        for (int last = _made.Count - 1; last >= 0; last--)
        {
            if (_made[last].Picked + 1 < _made[last].Count)
                return new BoundedSchedule(_preemptionCount, _faultCount, [.. _made.Take(last).Select(made => made.Picked), _made[last].Picked + 1]);
        }

        return null;
    }

    /// <inheritdoc/>
    protected override int Decide(Choice choice, int count)
    {
        int open = choice switch
        {
            Choice.Preemption when _preemptionsLeft == 0 => 1,
            Choice.Fault when _faultsLeft == 0 => 1,
            _ => count,
        };
        int picked = _made.Count < _prefix.Length ? _prefix[_made.Count] : 0;
        _made.Add((picked, open));
        if (picked > 0 && choice == Choice.Preemption) _preemptionsLeft--;
        if (picked > 0 && choice == Choice.Fault) _faultsLeft--;
        return picked;
    }
}
