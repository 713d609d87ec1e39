using SshFunctions.Core.Restoring;

namespace SshFunctions.Core.Tests.Restoring;

public sealed class FreshNumbersTests
{
    private const int DrawCount = 200;
    private const int DaySeconds = 24 * 60 * 60;
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Two_restores_in_one_instant_most_likely_count_from_different_segments()
    {
        long[] drawn = [.. Enumerable.Range(0, DrawCount).Select(_ => FreshNumbers.SegmentAfter(1, Now))];
        Assert.True(drawn.Distinct().Count() > 10, $"{drawn.Distinct().Count()} of {DrawCount}");
        Assert.True(drawn.Max() - drawn.Min() < 32);
    }

    [Fact]
    public void A_restore_counts_from_beyond_every_choice_of_one_a_second_before()
    {
        for (int draw = 0; draw < DrawCount; draw++)
        {
            DateTimeOffset now = Now.AddMilliseconds(draw * 7);
            Assert.True(FreshNumbers.SegmentAfter(1, now.AddSeconds(1)) > FreshNumbers.SegmentAfter(1, now) + 32);
            Assert.True(FreshNumbers.VersionAfter(1, now.AddSeconds(1)) >= FreshNumbers.VersionAfter(1, now) + 65_536);
        }
    }

    [Fact]
    public void Numbers_that_are_ahead_of_the_clock_go_on_by_a_days_worth()
    {
        long segment = FreshNumbers.SegmentAfter(1, Now.AddYears(1));
        Assert.InRange(FreshNumbers.SegmentAfter(segment, Now) - segment, 64L * DaySeconds, (64L * DaySeconds) + 31);
        long version = FreshNumbers.VersionAfter(1, Now.AddYears(1));
        Assert.Equal(65_536L * DaySeconds, FreshNumbers.VersionAfter(version, Now) - version);
    }

    [Fact]
    public void Numbers_that_have_no_successor_are_no_numbers_of_a_broker()
    {
        Assert.Throws<OverflowException>(() => FreshNumbers.SegmentAfter(long.MaxValue, Now));
        Assert.Throws<OverflowException>(() => FreshNumbers.VersionAfter(long.MaxValue, Now));
    }
}
