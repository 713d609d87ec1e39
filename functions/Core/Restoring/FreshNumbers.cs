using System.Security.Cryptography;

namespace SshFunctions.Core.Restoring;

/// <summary>Numbers that a broker which was lost cannot have reached: they come from the clock, and so many for each second that no broker counts as fast.</summary>
/// <remarks>
/// What the lost broker did since the backup nobody knows, and one backup may be restored twice: so neither a margin nor chance alone will
/// do, only something that moves on outside the backup. It holds while the clock of a restore is ahead of the restore before it; where it
/// was set back, numbers may repeat, and hosts refuse lists until they are reached again. Numbers stay below 2^53 with the index of an
/// entry until 2092, for readers of JSON that keep numbers as doubles. See decision 0012.
/// </remarks>
internal static class FreshNumbers
{
    // A segment holds 65,535 entries; one is leased at a start, when the last is full, after a failed commit, or after five idle minutes.
    private const double SegmentsPerSecond = 64;

    // A version is a durable commit of its own, after an entry of the journal: a disk does some thousands a second.
    private const double VersionsPerSecond = 65_536;

    // Below a second's worth, so that restores a second apart keep their order.
    private const int SegmentChoices = 32;

    private static readonly DateTimeOffset Beginning = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>By whole seconds, and some by chance: of two restores in one instant each most likely has its own.</summary>
    public static long SegmentAfter(long known, DateTimeOffset now)
    {
        DateTimeOffset second = Beginning.AddSeconds(Math.Floor((now - Beginning).TotalSeconds));
        return After(known, second, SegmentsPerSecond) + RandomNumberGenerator.GetInt32(SegmentChoices);
    }

    public static long VersionAfter(long known, DateTimeOffset now) => After(known, now, VersionsPerSecond);

    // A number that is ahead of the clock was given while the clock was ahead: a day's worth is the best that is left then. In every other
    // case nothing is added, else the next restore of an older backup would fall behind this one.
    private static long After(long known, DateTimeOffset now, double perSecond)
    {
        long byClock = (long)((now - Beginning).TotalSeconds * perSecond);
        return byClock > known ? byClock : known + (long)(TimeSpan.FromDays(1).TotalSeconds * perSecond);
    }
}
