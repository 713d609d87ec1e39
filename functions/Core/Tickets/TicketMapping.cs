using System.Text.Json;

namespace SshFunctions.Core.Tickets;

/// <summary>How a ticket is found in a ticket system's message.</summary>
/// <param name="Event">Whether to open or close; see <see cref="TicketFields"/>.</param>
/// <param name="Reference">The ticket's name.</param>
/// <param name="Requester">Who gets the access: the trust decision.</param>
/// <param name="Path">Where.</param>
/// <param name="Duration">How long.</param>
/// <param name="Reason">Why.</param>
public sealed record TicketMapping(TicketRule Event, TicketRule Reference, TicketRule Requester, TicketRule Path, TicketRule Duration, TicketRule Reason)
{
    private const string BetweenNames = "/";
    private const string BetweenItems = ", ;\t\r\n";

    /// <summary>Where people read the ticket; null for nowhere.</summary>
    public TicketRule? Url { get; init; }

    /// <summary>What it gives; null for developer.</summary>
    public TicketRule? Role { get; init; }

    /// <summary>Unix accounts; null for every login.</summary>
    public TicketRule? Logins { get; init; }

    /// <summary>File transfer in this folder and nothing else; null for no such limit.</summary>
    public TicketRule? SftpFolder { get; init; }

    /// <summary>What a session may do.</summary>
    public TicketRule? Permissions { get; init; }

    /// <summary>A public key; null for none.</summary>
    public TicketRule? PublicKey { get; init; }

    /// <summary>Finds the ticket.</summary>
    /// <param name="message">The message.</param>
    /// <returns>What it says; refused when a part of it would add a level to a path, or an item to a list, that a template has set.</returns>
    public Result<TicketFields> Map(JsonElement message)
    {
        string? wrong = null;
        string? Find(string field, TicketRule? rule, string structure)
        {
            string? text = null;
            if (rule is not null && !rule.TryFind(message, structure, out text)) wrong ??= field;
            return text;
        }

        var fields = new TicketFields(
            Find("event", Event, ""),
            Find("reference", Reference, ""),
            Find("requester", Requester, ""),
            Find("path", Path, BetweenNames),
            Find("duration", Duration, ""),
            Find("reason", Reason, ""),
            Find("url", Url, ""),
            Find("role", Role, ""),
            Find("logins", Logins, BetweenItems),
            Find("sftpFolder", SftpFolder, BetweenNames),
            Find("permissions", Permissions, BetweenItems),
            Find("publicKey", PublicKey, ""));
        return wrong is null
            ? fields
            : new Refusal.Invalid(wrong, $"the ticket brings a separator into the template of its {wrong}", "have the ticket system send one plain name, or map it by a table of values");
    }
}
