using System.Globalization;
using System.Xml;

namespace SshFunctions.Core.Tickets;

/// <summary>A duration as people and ticket systems write it.</summary>
internal static class TicketDuration
{
    public const string Rule = "write 90m, 4h, 2d, or an ISO 8601 duration such as PT4H";

    // A grant of more than this is no request; the rule of the path allows far less.
    private const int LongestDays = 3660;

    public static bool TryParse(string text, out TimeSpan duration)
    {
        string trimmed = text.Trim();
        duration = default;
        if (trimmed.StartsWith('P')) return TryParseIso(trimmed, out duration);
        int digits = trimmed.TakeWhile(char.IsAsciiDigit).Count();
        if (!int.TryParse(trimmed.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > LongestDays * 24 * 60) return false;
        TimeSpan? unit = trimmed[digits..].Trim().ToLowerInvariant() switch
        {
            "m" or "min" or "minute" or "minutes" => TimeSpan.FromMinutes(1),
            "h" or "hour" or "hours" => TimeSpan.FromHours(1),
            "d" or "day" or "days" => TimeSpan.FromDays(1),
            _ => null,
        };
        duration = count * (unit ?? default);
        return unit is not null && duration.TotalDays <= LongestDays;
    }

    private static bool TryParseIso(string text, out TimeSpan duration)
    {
        duration = default;
        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return duration.TotalDays is > 0 and <= LongestDays;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            return false;
        }
    }
}
