using System.Text.Json;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Notifications;

/// <summary>What a reader of a notice may want to type. An identifier that a shell could read otherwise makes no command.</summary>
internal static class NoticeCommands
{
    public static IEnumerable<string> Of(JournalEntry entry, JsonElement told)
    {
        string kind = entry.Event.Kind;
        if (kind.StartsWith("access-request.", StringComparison.Ordinal) && Argument(told, "request") is { } request)
        {
            if (kind is "access-request.opened" or "access-request.extension-asked")
            {
                // Of several extensions, the one that this notice tells of.
                string until = entry.Event is JournalEvent.AccessRequestExtensionAsked asked ? $" --until {asked.Ends.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}" : "";
                yield return $"sshfn request approve {request}{until}";
                yield return $"sshfn request deny {request}{until}";
            }

            if (kind is "access-request.glass-broken") yield return $"sshfn request review {request}";

            yield return $"sshfn request show {request}";
        }

        if (kind is "session.unexplained" or "host.alarm" && Argument(told, "host") is { } host) yield return $"sshfn host show {host}";
        if (kind is "notification.given-up") yield return "sshfn notifications list";
        if (kind is "key.expiring") yield return "sshfn keys list";
        if (kind.StartsWith("signing-key.", StringComparison.Ordinal)) yield return "sshfn ca status";
        yield return $"sshfn audit list --serial {entry.Position.Serial}";
    }

    private static string? Argument(JsonElement told, string member) =>
        told.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 and <= 100 } text && char.IsAsciiLetterOrDigit(text[0])
        && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_' or '.')
            ? text
            : null;
}
