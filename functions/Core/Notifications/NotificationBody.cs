using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Notifications;

/// <summary>Writes notifications in the form that a receiver takes.</summary>
/// <remarks>
/// Texts of others (reasons, names, what a host said) are never read as markup: Slack gets them as <c>plain_text</c> and its one text that
/// is read is escaped; Teams gets them as <c>TextRun</c>, which knows no markdown. Sources: Slack, "Formatting text for app surfaces" and
/// "Reference: blocks"; Adaptive Cards 1.4, "RichTextBlock"; Standard Webhooks 1.0, "Payload structure".
/// </remarks>
public static class NotificationBody
{
    private const int SlackHeaderLength = 150;
    private const int SlackFieldCount = 10;

    // Letters of all languages as they are; quotes and angle brackets as \u: a receiver that logs it as HTML shows text.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary>Writes one.</summary>
    /// <param name="entry">What it is about.</param>
    /// <param name="format">How.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Write(JournalEntry entry, NotificationFormat format)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Notice notice = NoticeWriter.Of(entry);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            if (format == NotificationFormat.Slack) WriteSlack(json, notice);
            else if (format == NotificationFormat.Teams) WriteTeams(json, notice);
            else WriteStandard(json, notice);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteStandard(Utf8JsonWriter json, Notice notice)
    {
        JournalEntry entry = notice.Entry;
        json.WriteString("type", entry.Event.Kind);
        json.WriteString("timestamp", entry.Time.UtcDateTime);
        json.WriteStartObject("data");
        json.WriteString("serial", entry.Position.Serial.ToString(CultureInfo.InvariantCulture));
        json.WriteString("title", notice.Title);
        if (entry.Event.About is { } about) json.WriteString("path", about.Text);
        json.WritePropertyName("entry");
        json.WriteRawValue(entry.Encoded.Span);
        json.WriteStartArray("commands");
        foreach (string command in notice.Commands) json.WriteStringValue(command);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSlack(Utf8JsonWriter json, Notice notice)
    {
        json.WriteString("text", EscapeSlack(notice.Title));
        json.WriteBoolean("mrkdwn", false);
        json.WriteBoolean("unfurl_links", false);
        json.WriteStartArray("blocks");
        StartObject(json, "header");
        WriteSlackText(json, "text", notice.Title.Length > SlackHeaderLength ? notice.Title[..SlackHeaderLength] : notice.Title);
        json.WriteEndObject();
        foreach (NoticeFact[] facts in notice.Facts.Chunk(SlackFieldCount))
        {
            StartObject(json, "section");
            json.WriteStartArray("fields");
            foreach (NoticeFact fact in facts) WriteSlackText(json, null, $"{fact.Name}: {fact.Value}");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        StartObject(json, "section");
        WriteSlackText(json, "text", string.Join('\n', notice.Commands));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSlackText(Utf8JsonWriter json, string? property, string text)
    {
        if (property is null) json.WriteStartObject();
        else json.WriteStartObject(property);
        json.WriteString("type", "plain_text");
        json.WriteString("text", text);
        json.WriteBoolean("emoji", false);
        json.WriteEndObject();
    }

    private static void WriteTeams(Utf8JsonWriter json, Notice notice)
    {
        json.WriteString("type", "message");
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        json.WriteStartObject("content");
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.WriteStartArray("body");
        WriteTextRun(json, null, notice.Title, monospace: false);
        foreach (NoticeFact fact in notice.Facts) WriteTextRun(json, fact.Name + ": ", fact.Value, monospace: false);
        foreach (string command in notice.Commands) WriteTextRun(json, null, command, monospace: true);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteTextRun(Utf8JsonWriter json, string? name, string text, bool monospace)
    {
        StartObject(json, "RichTextBlock");
        json.WriteStartArray("inlines");
        if (name is not null)
        {
            StartObject(json, "TextRun");
            json.WriteString("text", name);
            json.WriteString("weight", "Bolder");
            json.WriteEndObject();
        }

        StartObject(json, "TextRun");
        json.WriteString("text", text);
        if (monospace) json.WriteString("fontType", "Monospace");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void StartObject(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
    }

    // Slack: "you must replace & < >"; nothing else starts a mention or a link.
    private static string EscapeSlack(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
