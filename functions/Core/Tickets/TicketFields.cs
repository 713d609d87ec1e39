namespace SshFunctions.Core.Tickets;

/// <summary>What a ticket says, as text: what a mapping makes of a ticket system's message, and what lies on the queue.</summary>
/// <param name="Event"><c>open</c>, <c>close</c>, or <c>ignore</c> for what is none of the broker's business.</param>
/// <param name="Reference">The ticket's name in its system.</param>
/// <param name="Requester">Subject who gets the access; to open.</param>
/// <param name="Path">Where; to open.</param>
/// <param name="Duration">How long, for example <c>4h</c>, <c>90m</c>, <c>2d</c> or <c>PT4H</c>; to open.</param>
/// <param name="Reason">Why.</param>
/// <param name="Url">Where people read the ticket.</param>
/// <param name="Role">Developer when absent.</param>
/// <param name="Logins">Unix accounts with a comma or blank between; every login when absent.</param>
/// <param name="SftpFolder">File transfer in this folder and nothing else.</param>
/// <param name="Permissions">With a comma or blank between; a terminal when absent, and nothing with a folder.</param>
/// <param name="PublicKey">Line of a .pub file.</param>
public sealed record TicketFields(
    string? Event = null,
    string? Reference = null,
    string? Requester = null,
    string? Path = null,
    string? Duration = null,
    string? Reason = null,
    string? Url = null,
    string? Role = null,
    string? Logins = null,
    string? SftpFolder = null,
    string? Permissions = null,
    string? PublicKey = null);
