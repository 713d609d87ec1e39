using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Notifications;

/// <summary>Puts a journal entry in words, from the entry alone.</summary>
internal static class NoticeWriter
{
    private const int MaximumFactCount = 20;
    private const int MaximumValueLength = 300;
    private const int MaximumDepth = 3;

    public static Notice Of(JournalEntry entry)
    {
        using JsonDocument stored = JsonDocument.Parse(entry.Encoded);
        JsonElement told = stored.RootElement.GetProperty("event");
        var facts = ImmutableArray.CreateBuilder<NoticeFact>();
        if (entry.Event.About is { } about) facts.Add(new NoticeFact("place", about.Text));
        facts.Add(new NoticeFact("by", Clean(entry.Caller.Subject.Text)));
        AddMembers(facts, told, "", 1);
        facts.Add(new NoticeFact("time", entry.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)));
        facts.Add(new NoticeFact("serial", entry.Position.Serial.ToString(CultureInfo.InvariantCulture)));
        return new Notice(entry, NoticeTitles.Of(entry.Event.Kind), [.. facts.DistinctBy(fact => fact.Name)], [.. NoticeCommands.Of(entry, told)]);
    }

    private static void AddMembers(ImmutableArray<NoticeFact>.Builder facts, JsonElement value, string prefix, int depth)
    {
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (facts.Count >= MaximumFactCount) return;
            string name = prefix + member.Name;
            if (name == JournalEvent.KindProperty) continue;
            if (member.Value.ValueKind == JsonValueKind.Object && depth < MaximumDepth)
                AddMembers(facts, member.Value, name + " ", depth + 1);
            else if (TextOf(member.Value) is { Length: > 0 } text)
                facts.Add(new NoticeFact(name, Clean(text)));
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(TextOf)),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    /// <summary>One line, without what would turn or hide text: control, format (such as bidirectional overrides) and separator characters.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaximumValueLength + 1));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (clean.Length >= MaximumValueLength) return clean.Append('…').ToString();
            clean.Append(FreeText.IsShown(rune) ? rune.ToString() : " ");
        }

        return clean.ToString();
    }
}
