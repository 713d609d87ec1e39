namespace SshFunctions.Api;

/// <summary>What one grant gives its holder on one resource now.</summary>
/// <param name="Subject">Who; null when a group holds it.</param>
/// <param name="Group">Which group; null when a subject holds it.</param>
/// <param name="Grant">The grant, or the access request that made it.</param>
/// <param name="Path">Where the grant lies.</param>
/// <param name="Role">What it gives.</param>
/// <param name="Logins">Accounts that it opens now; empty for none.</param>
/// <param name="Reason">Why it opens nothing; null when it does.</param>
/// <param name="NotAfter">UTC, exclusive; null for never.</param>
/// <param name="Keys">Fingerprints of registered keys that enter by it without a certificate.</param>
public sealed record AccessHolderResponse(
    string? Subject,
    string? Group,
    string Grant,
    string Path,
    string Role,
    IReadOnlyList<string> Logins,
    string? Reason,
    DateTimeOffset? NotAfter,
    IReadOnlyList<string> Keys);
