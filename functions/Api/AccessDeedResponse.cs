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
/// <param name="ApprovedBy">In words: who approved the request before it, all of them, or which rule did, or that the glass was broken; or who made the grant. Null when no entry says.</param>
/// <param name="Approved">When the last of them did; UTC.</param>
/// <param name="Approvers">The subjects of those who approved the request or made the grant; none where nobody had to. Null from a broker that does not say.</param>
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
    DateTimeOffset? Approved,
    IReadOnlyList<string>? Approvers = null);
