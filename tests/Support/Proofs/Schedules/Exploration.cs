using System.Collections.Concurrent;
using Xunit;

namespace SshFunctions.Support.Proofs.Schedules;

/// <summary>Plays the same thing under many schedules.</summary>
/// <remarks>A failure tells its schedule; <c>SSHFN_SCHEDULE</c> (with <c>SSHFN_SEED</c>) plays that one alone, and says what happened step by step.</remarks>
/// <param name="area">Of the figure.</param>
/// <param name="subject">Of the figure.</param>
/// <param name="play">Plays once: makes a world, starts strands, plays, and asserts.</param>
public sealed class Exploration(string area, string subject, Func<Interleaving, Task> play)
{
    private const int MostFailures = 3;
    private readonly ConcurrentQueue<string> _failures = new();
    private long _steps;
    private int _runs;

    /// <summary>Plays under random schedules, of the seeds from 0, and fails if one of them failed.</summary>
    /// <param name="count">How many.</param>
    public void PlayRandom(int count)
    {
        if (PlayAsked()) return;
        Parallel.For(0, count, (seed, state) =>
        {
            Play(new RandomSchedule(seed), seed);
            if (_failures.Count >= MostFailures) state.Stop();
        });
        Conclude("random schedules");
    }

    /// <summary>Plays under every schedule with few interruptions and faults, and fails if one of them failed.</summary>
    /// <param name="most">Where it stops if there are more.</param>
    /// <param name="preemptions">Interruptions of one who could go on.</param>
    /// <param name="faults">Faults.</param>
    /// <returns>Whether there were no more than that.</returns>
    public bool PlayAll(int most, int preemptions, int faults)
    {
        if (PlayAsked()) return true;
        BoundedSchedule? next = new(preemptions, faults);
        for (int count = 0; next is not null && count < most && _failures.Count < MostFailures; count++)
        {
            Play(next, 0);
            next = next.Next();
        }

        Conclude($"{(next is null ? "all" : "the first")} schedules of {preemptions} interruptions and {faults} faults");
        return next is null;
    }

    private bool PlayAsked()
    {
        if (Environment.GetEnvironmentVariable("SSHFN_SCHEDULE") is not { Length: > 0 } text) return false;
        Play(new FixedSchedule(text), int.Parse(Environment.GetEnvironmentVariable("SSHFN_SEED") ?? "0", System.Globalization.CultureInfo.InvariantCulture));
        Conclude("one schedule");
        return true;
    }

    /// <summary>Plays once.</summary>
    /// <param name="schedule">Decides.</param>
    /// <param name="seed">Of what is played.</param>
    /// <param name="play">Makes a world, starts strands, plays, and asserts.</param>
    /// <returns>What failed, with the schedule and every step; null when nothing did.</returns>
    public static string? FindFailure(Schedule schedule, int seed, Func<Interleaving, Task> play) => FindFailure(schedule, seed, play, out _);

    private static string? FindFailure(Schedule schedule, int seed, Func<Interleaving, Task> play, out int steps)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Interleaving? run = null;
        string? fault = null;
        try
        {
            Stage.Play(stage => play(run = new Interleaving(stage, schedule, seed)));
        }
#pragma warning disable CA1031 // whatever a run dies of is told with its schedule
        catch (Exception failure)
#pragma warning restore CA1031
        {
            fault = $"SSHFN_SEED={seed} SSHFN_SCHEDULE={schedule.Text}\n{failure.Message}\n{failure.StackTrace}\n{run?.Trace}";
        }

        steps = run?.StepCount ?? 0;
        return fault;
    }

    private void Play(Schedule schedule, int seed)
    {
        if (FindFailure(schedule, seed, play, out int steps) is { } failure) _failures.Enqueue(failure);
        Interlocked.Increment(ref _runs);
        Interlocked.Add(ref _steps, steps);
    }

    private void Conclude(string how)
    {
        new ProofFigure(area, $"{subject}: {how}", _runs, _failures.Count).Record();
        Assert.True(_failures.IsEmpty, $"{subject}, {_failures.Count} of {_runs} runs ({_steps} steps):\n{string.Join("\n\n", _failures)}");
    }
}
