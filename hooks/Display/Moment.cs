using System.Globalization;

namespace SshFunctions.Hooks.Display;

/// <summary>Instants and spans, read from a command line and written for people; always UTC.</summary>
internal static class Moment
{
    internal static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>As the API takes it.</summary>
    internal static string Iso(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    internal static string? Text(DateTimeOffset? instant) => instant is { } value ? Text(value) : null;

    /// <summary>An instant as ISO 8601, or a span such as <c>30d</c> from <paramref name="now"/>.</summary>
    internal static DateTimeOffset ParseInstant(string text, DateTimeOffset now)
    {
        if (TryParseSpan(text, out TimeSpan span))
        {
            return span <= DateTimeOffset.MaxValue - now
                ? now + span
                : throw new CommandFailedException(ExitCode.Usage, $"{text} from now is after the year 9999", "write 2030-12-31, 2030-12-31T18:00Z or 30d");
        }

        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out DateTimeOffset instant)
            ? instant
            : throw new CommandFailedException(ExitCode.Usage, $"{text} is neither a date nor a span", "write 2030-12-31, 2030-12-31T18:00Z or 30d");
    }

    /// <summary>A span such as <c>90s</c>, <c>15m</c>, <c>8h</c> or <c>30d</c>.</summary>
    internal static TimeSpan ParseSpan(string text) => TryParseSpan(text, out TimeSpan span)
        ? span
        : throw new CommandFailedException(ExitCode.Usage, $"{text} is not a span", "write 90s, 15m, 8h or 30d");

    private static bool TryParseSpan(string text, out TimeSpan span)
    {
        span = default;
        if (text.Length is < 2 or > 8 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            return false;
        long seconds = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        span = TimeSpan.FromTicks(count * seconds * TimeSpan.TicksPerSecond);
        return seconds > 0;
    }
}
