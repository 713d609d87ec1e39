using System.Globalization;

namespace SshFunctions.Support.Proofs.Schedules;

/// <summary>Decides what a run leaves open, and remembers what it decided.</summary>
public abstract class Schedule
{
    private readonly List<int> _choices = [];

    /// <summary>What it decided, to be played again with <see cref="FixedSchedule"/>.</summary>
    public string Text => string.Join('.', _choices.Select(choice => choice.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Picks one of several.</summary>
    /// <param name="choice">What it is about.</param>
    /// <param name="count">How many there are, at least one.</param>
    /// <returns>From 0; 0 is what happens where nobody interferes.</returns>
    public int Pick(Choice choice, int count)
    {
        if (count == 1) return 0;
        int picked = Decide(choice, count);
        _choices.Add(picked);
        return picked;
    }

    /// <summary>Picks one of two or more.</summary>
    /// <param name="choice">What it is about.</param>
    /// <param name="count">How many there are.</param>
    protected abstract int Decide(Choice choice, int count);
}
