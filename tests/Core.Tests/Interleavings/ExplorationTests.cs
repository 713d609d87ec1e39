using SshFunctions.Core.Ports;
using SshFunctions.Support.Proofs.Schedules;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Interleavings;

/// <summary>The player, played with programs that are wrong: it finds what is wrong with them, and finds it again.</summary>
public sealed class ExplorationTests
{
    private const int Patience = 60_000;
    private static readonly DocumentKey Door = new("doors", "one");

    [Fact(Timeout = Patience)]
    public Task Finds_two_who_enter_by_a_door_that_is_checked_first_and_shut_later() => Task.Run(() =>
    {
        string? found = Enumerable.Range(0, 200).Select(seed => Exploration.FindFailure(new RandomSchedule(seed), seed, run => EnterAsync(run, isAtomic: false))).FirstOrDefault(failure => failure is not null);
        Assert.Contains("two entered", found, StringComparison.Ordinal);
    });

    [Fact(Timeout = Patience)]
    public Task Finds_them_by_one_interruption_and_plays_that_again() => Task.Run(() =>
    {
        Assert.Null(FindByAll(preemptions: 0, faults: 0, isAtomic: false, out _));
        string? found = FindByAll(preemptions: 1, faults: 0, isAtomic: false, out BoundedSchedule? schedule);
        Assert.Contains("two entered", found, StringComparison.Ordinal);
        Assert.Equal(TraceOf(found), TraceOf(Exploration.FindFailure(new FixedSchedule(schedule!.Text), 0, run => EnterAsync(run, isAtomic: false))));
    });

    [Fact(Timeout = Patience)]
    public Task Finds_nothing_where_one_step_checks_and_shuts() => Task.Run(() => Assert.Null(FindByAll(preemptions: 3, faults: 1, isAtomic: true, out _)));

    [Fact(Timeout = Patience)]
    public Task Finds_one_who_takes_an_unknown_outcome_for_none() => Task.Run(() =>
        Assert.Contains("nobody is inside", FindByAll(preemptions: 0, faults: 1, isAtomic: true, out _, mustEnter: true), StringComparison.Ordinal));

    private static string? FindByAll(int preemptions, int faults, bool isAtomic, out BoundedSchedule? schedule, bool mustEnter = false)
    {
        schedule = new BoundedSchedule(preemptions, faults);
        while (schedule is not null)
        {
            if (Exploration.FindFailure(schedule, 0, run => EnterAsync(run, isAtomic, mustEnter)) is { } failure) return failure;
            schedule = schedule.Next();
        }

        return null;
    }

    private static async Task EnterAsync(Interleaving run, bool isAtomic, bool mustEnter = false)
    {
        var store = new InMemoryStore();
        int inside = 0;
        foreach (string name in new[] { "alice", "bob" })
        {
            StoreInstance instance = run.Instance(name, store);
            run.Start("enter", async () =>
            {
                if (!isAtomic && await instance.GetAsync(Door, default) is not null) return;
                CommitResult shut = await instance.CommitAsync(Door.Partition, [new DocumentChange.Insert(Door.Row, "{}"u8.ToArray())], default);
                if (!isAtomic || shut is CommitResult.Committed) inside++;
            });
        }

        await run.PlayAsync();
        Assert.True(inside <= 1, "two entered");
        Assert.True(inside == 1 || !mustEnter, "nobody is inside, and the door is shut");
    }

    // Without the line that names the schedule, and the stack.
    private static string? TraceOf(string? failure) => failure?[failure.IndexOf("    0 ", StringComparison.Ordinal)..];
}
