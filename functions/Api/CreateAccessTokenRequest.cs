namespace SshFunctions.Api;

/// <summary>Body of CreateAccessToken.</summary>
/// <param name="Name">What people call the token.</param>
/// <param name="Kind"><c>person</c> (when absent) or <c>service</c>.</param>
/// <param name="Subject">Whom it speaks for; the caller when absent. Only an admin may name another.</param>
/// <param name="Groups">Groups of the subject; only an admin may give any that the caller lacks.</param>
/// <param name="Expires">UTC, exclusive; absent: 30 days from now. Never beyond the caller's own expiry unless the caller is an admin.</param>
public sealed record CreateAccessTokenRequest(
    string Name,
    string? Kind = null,
    string? Subject = null,
    IReadOnlyList<string>? Groups = null,
    DateTimeOffset? Expires = null);
