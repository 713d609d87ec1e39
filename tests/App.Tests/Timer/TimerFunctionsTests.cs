using NCrontab;
using SshFunctions.App.Timer;

namespace SshFunctions.App.Tests.Timer;

public sealed class TimerFunctionsTests
{
    [Fact]
    public void Lists_every_timer_function_of_the_assembly_under_the_name_of_its_class()
    {
        string[] written = [.. typeof(ITimerFunction).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(ITimerFunction)))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal)];

        Assert.Equal(written, TimerFunctions.All.Select(function => function.GetType().Name).Order(StringComparer.Ordinal));
        Assert.All(TimerFunctions.All, function => Assert.Equal(function.GetType().Name, function.Declaration.Name));
    }

    [Fact]
    public void Runs_as_often_under_the_Functions_host_as_without_it()
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.All(TimerFunctions.All, function =>
        {
            CrontabSchedule schedule = CrontabSchedule.Parse(function.Declaration.Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
            DateTime first = schedule.GetNextOccurrence(start);
            Assert.Equal(function.Declaration.Interval, schedule.GetNextOccurrence(first) - first);
        });
    }
}
