using System.Globalization;
using System.Text;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Forwarding;

/// <summary>Writes journal entries as syslog messages, each with its length before it.</summary>
/// <remarks>
/// <code>
/// LENGTH SP &lt;PRI&gt;1 SP TIME SP HOST SP sshfn-broker SP - SP KIND SP [sshfn@32473 …] SP ENTRY
/// </code>
/// The message is the entry's stored bytes, so that its hash can be checked. Facility 13, "log audit". Source: RFC 5424, section 6; RFC
/// 6587, section 3.4.1 (octet counting), which RFC 5425 has too. 32473 is the enterprise number for examples (RFC 5612).
/// </remarks>
public static class SyslogText
{
    private const int Facility = 13;
    private const int MaximumHostLength = 255;
    private const int MaximumKindLength = 32;

    /// <summary>Writes one entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="host">Name of the broker; anything but visible ASCII is left away.</param>
    /// <returns>UTF-8, ready to be sent.</returns>
    public static byte[] Write(JournalEntry entry, string host)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string kind = entry.Event.Kind;
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"<{Facility * 8 + SeverityOf(kind)}>1 {entry.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'} {Token(host, MaximumHostLength)} sshfn-broker - {Token(kind, MaximumKindLength)} {DataOf(entry)} ");
        byte[] message = [.. Encoding.UTF8.GetBytes(head), .. entry.Encoded.Span];
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.Length} ")), .. message];
    }

    // RFC 5424, table 2: 1 alert, 4 warning, 6 informational.
    private static int SeverityOf(string kind) => JournalSeverities.Of(kind) switch
    {
        JournalSeverity.Alarm => 1,
        JournalSeverity.Warning => 4,
        _ => 6,
    };

    private static string DataOf(JournalEntry entry)
    {
        string path = entry.Event.About is { } about ? $" path=\"{Escape(about.Text)}\"" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[sshfn@32473 serial=\"{entry.Position.Serial}\" subject=\"{Escape(entry.Caller.Subject.Text)}\" hash=\"{entry.Hash}\"{path}]");
    }

    // RFC 5424, section 6.3.3.
    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal);

    private static string Token(string text, int maximumLength)
    {
        string visible = string.Concat(text.Where(unit => unit is > ' ' and <= '~').Take(maximumLength));
        return visible.Length == 0 ? "-" : visible;
    }
}
