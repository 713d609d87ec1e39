using SshFunctions.Api;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>Hours of some days on a command line: <c>monday,tuesday 08:00-18:00 Europe/Berlin</c>; days and time zone may be left out.</summary>
internal static class AccessWindowText
{
    internal static AccessWindow Read(string text)
    {
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int at = Array.FindIndex(parts, part => part.Contains(':', StringComparison.Ordinal));
        if (at is < 0 or > 1 || parts.Length - at > 2 || parts[at].Split('-') is not [var from, var to])
            throw new CommandFailedException(ExitCode.Usage, $"{text} is no window", "write 'monday,tuesday 08:00-18:00 Europe/Berlin', or 08:00-18:00 for every day in UTC");
        return new AccessWindow(at == 1 ? parts[0].Split(',') : null, from, to, parts.Length > at + 1 ? parts[at + 1] : null);
    }

    internal static string Write(AccessWindow window) =>
        (window.Days is { Count: > 0 } days ? string.Join(',', days) + " " : "") + $"{window.From ?? "00:00"}-{window.To ?? "00:00"} {window.TimeZone ?? "UTC"}";
}
