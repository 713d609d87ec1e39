namespace SshFunctions.Api;

/// <summary>One thing that somebody did to enter a resource.</summary>
/// <param name="Serial">The journal entry.</param>
/// <param name="Time">UTC.</param>
/// <param name="Event">Its kind, for example <c>session.opened</c>.</param>
/// <param name="Subject">Who; null when nothing says.</param>
/// <param name="Resource">What.</param>
/// <param name="Login">As whom; null when the entry names no account.</param>
/// <param name="Source">Where the client came from; null when nobody knew.</param>
/// <param name="Credential">Serial of the certificate or passcode; null for none.</param>
/// <param name="Grant">The grant or access request that allowed it; null when nothing says.</param>
/// <param name="ApprovedBy">Who approved the request or made the grant; null when no recent entry says.</param>
/// <param name="Approved">When; UTC.</param>
public sealed record AccessDeedResponse(
    ulong Serial,
    DateTimeOffset Time,
    string Event,
    string? Subject,
    string? Resource,
    string? Login,
    string? Source,
    ulong? Credential,
    string? Grant,
    string? ApprovedBy,
    DateTimeOffset? Approved);
