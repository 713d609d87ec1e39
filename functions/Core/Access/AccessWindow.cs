using System.Collections.Immutable;

namespace SshFunctions.Core.Access;

/// <summary>Hours of some days of the week.</summary>
/// <param name="Days">Which; none for every day. A window over midnight belongs to the day it begins on.</param>
/// <param name="From">Inclusive, local.</param>
/// <param name="To">Exclusive, local; the same as <paramref name="From"/> for the whole day, less for over midnight.</param>
/// <param name="TimeZone">IANA name; null for UTC.</param>
public sealed record AccessWindow(ImmutableArray<DayOfWeek> Days, TimeOnly From, TimeOnly To, string? TimeZone)
{
    /// <summary>Whether an instant lies in it.</summary>
    /// <param name="now">UTC.</param>
    /// <returns>False also when the machine does not know the time zone.</returns>
    public bool Holds(DateTimeOffset now)
    {
        if (!TryFindZone(TimeZone, out TimeZoneInfo? zone)) return false;
        DateTimeOffset local = TimeZoneInfo.ConvertTime(now, zone);
        TimeOnly time = TimeOnly.FromDateTime(local.DateTime);
        if (From < To) return IsDay(local.DayOfWeek) && From <= time && time < To;
        if (From == To) return IsDay(local.DayOfWeek);
        return (IsDay(local.DayOfWeek) && time >= From) || (IsDay(local.AddDays(-1).DayOfWeek) && time < To);
    }

    internal static bool TryFindZone(string? name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = TimeZoneInfo.Utc;
        return name is null || TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    private bool IsDay(DayOfWeek day) => Days.IsDefaultOrEmpty || Days.Contains(day);
}
