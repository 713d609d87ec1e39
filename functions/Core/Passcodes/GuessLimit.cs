namespace SshFunctions.Core.Passcodes;

/// <summary>How many wrong codes lock a target.</summary>
/// <param name="MostWrong">The wrong code that locks.</param>
/// <param name="Window">Within which they are counted.</param>
internal sealed record GuessLimit(int MostWrong, TimeSpan Window)
{
    private static readonly TimeSpan FirstLock = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLock = TimeSpan.FromMinutes(15);

    /// <summary>Of one login on one host, from one source.</summary>
    public static GuessLimit OfSource { get; } = new(5, TimeSpan.FromMinutes(15));

    /// <summary>Of one login on one host, from wherever.</summary>
    public static GuessLimit OfLogin { get; } = new(100, TimeSpan.FromMinutes(10));

    /// <summary>The count after one more wrong code.</summary>
    public GuessCount Next(GuessCount? before, DateTimeOffset now)
    {
        if (before is null || before.IsForgotten(now)) return Counted(new GuessCount(0, now, 0, now, now), now);
        return Counted(now >= before.Since + Window ? before with { WrongCount = 0, Since = now } : before, now);
    }

    private GuessCount Counted(GuessCount count, DateTimeOffset now)
    {
        int wrong = count.WrongCount + 1;
        if (wrong < MostWrong) return count with { WrongCount = wrong, Forgotten = Later(count.Forgotten, now + Window) };
        TimeSpan length = count.LockCount < 4 ? FirstLock * (1 << count.LockCount) : LongestLock;
        // What was learned of a target is kept for a while after its lock, so that the next one is longer.
        return new GuessCount(0, now, count.LockCount + 1, now + length, now + length + LongestLock);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
