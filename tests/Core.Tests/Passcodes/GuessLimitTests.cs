using SshFunctions.Core.Passcodes;

namespace SshFunctions.Core.Tests.Passcodes;

public sealed class GuessLimitTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_lock_is_twice_as_long_as_the_one_before_up_to_fifteen_minutes()
    {
        GuessCount? count = null;
        DateTimeOffset now = Start;
        var locks = new List<double>();
        for (int round = 0; round < 7; round++)
        {
            for (int wrong = 0; wrong < 5; wrong++)
            {
                Assert.False(count?.IsLocked(now) == true);
                count = GuessLimit.OfSource.Next(count, now);
            }

            locks.Add((count!.LockedUntil - now).TotalMinutes);
            now = count.LockedUntil;
        }

        Assert.Equal([1, 2, 4, 8, 15, 15, 15], locks);
    }

    [Fact]
    public void A_target_that_was_left_alone_for_a_quarter_of_an_hour_after_its_lock_begins_anew()
    {
        GuessCount? count = null;
        for (int wrong = 0; wrong < 5; wrong++) count = GuessLimit.OfSource.Next(count, Start);
        DateTimeOffset later = count!.LockedUntil.AddMinutes(15);
        Assert.True(count.IsForgotten(later));
        count = GuessLimit.OfSource.Next(count, later);
        Assert.Equal((1, 0), (count.WrongCount, count.LockCount));
    }

    [Fact]
    public void Wrong_codes_of_different_windows_are_not_counted_together()
    {
        GuessCount? count = null;
        for (int wrong = 0; wrong < 99; wrong++) count = GuessLimit.OfLogin.Next(count, Start);
        count = GuessLimit.OfLogin.Next(count, Start + GuessLimit.OfLogin.Window);
        Assert.Equal(1, count.WrongCount);
        Assert.False(count.IsLocked(Start + GuessLimit.OfLogin.Window));
    }
}
