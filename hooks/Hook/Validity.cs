namespace SshFunctions.Hooks.Hook;

/// <summary>The span in which a certificate holds: from <paramref name="After"/>, inclusive, to <paramref name="Before"/>, exclusive.</summary>
/// <param name="After">UTC.</param>
/// <param name="Before">UTC.</param>
/// <param name="IsSingleUse">Whether it opens one connection, so that the next one needs another.</param>
internal readonly record struct Validity(DateTimeOffset After, DateTimeOffset Before, bool IsSingleUse = false)
{
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(60);

    internal bool HoldsAt(DateTimeOffset now) => After <= now && now < Before;

    /// <summary>Whether enough life is left to reach a server and log in, of one that was not used up: more than a minute, or than a third of a short life.</summary>
    internal bool IsFreshAt(DateTimeOffset now)
    {
        TimeSpan third = (Before - After) / 3;
        return !IsSingleUse && After <= now && Before - now > (third < Reserve ? third : Reserve);
    }
}
