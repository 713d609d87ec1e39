using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Core.Journal;

namespace SshFunctions.App.Http.Contract;

/// <summary>Journal entries as the API writes them.</summary>
internal static class JournalContract
{
    public static JournalEntryResponse Of(JournalEntry entry)
    {
        using JsonDocument stored = JsonDocument.Parse(entry.Encoded);
        return new JournalEntryResponse(
            entry.Position.Serial,
            entry.Position.Segment,
            entry.Position.Index,
            entry.Time,
            entry.Caller.Subject.Text,
            entry.Event.Kind,
            entry.Event.About?.Text,
            stored.RootElement.GetProperty("event").Clone(),
            entry.Hash,
            entry.Previous,
            entry.Caller.Issuer);
    }
}
