namespace SshFunctions.Api;

/// <summary>Body of OpenAccessRequest: access for the caller itself.</summary>
/// <param name="Path">A project, environment or resource.</param>
/// <param name="Reason">Why, in one line.</param>
/// <param name="DurationSeconds">How long, counted from when the access is given; absent: an hour, or the longest that is allowed if that is less.</param>
/// <param name="Role"><c>developer</c> when absent.</param>
/// <param name="Logins">Unix accounts; absent: every login.</param>
/// <param name="SftpFolder">File transfer in this folder and nothing else, for example <c>pub/media</c>.</param>
/// <param name="Permissions">As for a grant; absent: <c>pty</c> alone.</param>
/// <param name="TicketReference">The ticket it belongs to.</param>
/// <param name="TicketUrl">Where people read that ticket.</param>
/// <param name="PublicKey">The line of a .pub file: that key enters while the access lasts, where hosts ask about keys.</param>
/// <param name="BreakGlass">True: an emergency that waits for no approval and is looked into afterwards.</param>
public sealed record OpenAccessRequestRequest(
    string Path,
    string Reason,
    int? DurationSeconds = null,
    string? Role = null,
    IReadOnlyList<string>? Logins = null,
    string? SftpFolder = null,
    IReadOnlyList<string>? Permissions = null,
    string? TicketReference = null,
    string? TicketUrl = null,
    string? PublicKey = null,
    bool? BreakGlass = null);
