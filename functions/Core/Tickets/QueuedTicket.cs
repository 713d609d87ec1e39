using System.Text.Json;

namespace SshFunctions.Core.Tickets;

/// <summary>A ticket and the system that it comes from.</summary>
internal sealed record QueuedTicket(string Source, TicketFields Fields)
{
    /// <summary>Reads <c>{"ticket":{"source":…,…}}</c>; a member that is unknown or no text is refused.</summary>
    public static Result<QueuedTicket> Read(JsonElement message)
    {
        if (!message.TryGetProperty("ticket", out JsonElement ticket) || ticket.ValueKind != JsonValueKind.Object)
            return new Refusal.Invalid("ticket", "the message holds no ticket", "send {\"ticket\":{\"source\":…,\"event\":\"open\",…}}");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty member in ticket.EnumerateObject())
        {
            if (!Known.Contains(member.Name)) return new Refusal.Invalid("ticket", "the ticket has a member that there is not", $"its members are {string.Join(", ", Known)}");
            if (member.Value.ValueKind == JsonValueKind.Null) continue;
            if (member.Value.ValueKind != JsonValueKind.String) return new Refusal.Invalid(member.Name, $"the ticket's {member.Name} is no text", "send every member as a text");
            texts[member.Name] = member.Value.GetString()!;
        }

        string source = texts.GetValueOrDefault("source", "");
        return TicketSource.IsName(source)
            ? new QueuedTicket(source, FieldsOf(texts))
            : new Refusal.Invalid("source", "the ticket's source is missing, or no name", "give 1 to 40 lower-case letters, digits and - between them");
    }

    private static readonly string[] Known =
        ["source", "event", "reference", "requester", "path", "duration", "reason", "url", "role", "logins", "sftpFolder", "permissions", "publicKey"];

    private static TicketFields FieldsOf(Dictionary<string, string> texts) => new(
        texts.GetValueOrDefault("event"),
        texts.GetValueOrDefault("reference"),
        texts.GetValueOrDefault("requester"),
        texts.GetValueOrDefault("path"),
        texts.GetValueOrDefault("duration"),
        texts.GetValueOrDefault("reason"),
        texts.GetValueOrDefault("url"),
        texts.GetValueOrDefault("role"),
        texts.GetValueOrDefault("logins"),
        texts.GetValueOrDefault("sftpFolder"),
        texts.GetValueOrDefault("permissions"),
        texts.GetValueOrDefault("publicKey"));
}
