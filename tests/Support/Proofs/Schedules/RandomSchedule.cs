namespace SshFunctions.Support.Proofs.Schedules;

/// <summary>Decides by a seed: some seeds interrupt all the time and some seldom, some break much and some nothing.</summary>
/// <param name="seed">The seed.</param>
public sealed class RandomSchedule(int seed) : Schedule
{
    private static readonly double[] Interruptions = [1, 0.5, 0.15];
    private static readonly double[] Faults = [0, 0.02, 0.08, 0.2];
    private readonly Random _random = new(seed);
    private readonly double _interruptions = Interruptions[seed % Interruptions.Length];
    private readonly double _faults = Faults[seed / Interruptions.Length % Faults.Length];

    /// <inheritdoc/>
    protected override int Decide(Choice choice, int count)
    {
        double share = choice switch
        {
            Choice.Turn => 1,
            Choice.Preemption => _interruptions,
            _ => _faults,
        };
        if (_random.NextDouble() >= share) return 0;
        return choice == Choice.Fault ? _random.Next(1, count) : _random.Next(count);
    }
}
