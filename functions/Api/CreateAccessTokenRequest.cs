namespace SshFunctions.Api;

/// <summary>Body of CreateAccessToken.</summary>
/// <param name="Name">What people call the token.</param>
/// <param name="Kind"><c>person</c> (when absent) or <c>service</c>.</param>
/// <param name="Subject">Whom it speaks for; the caller when absent. Only an admin may name another.</param>
/// <param name="Groups">Groups of the subject; only an admin may give any that the caller lacks.</param>
/// <param name="Expires">UTC, exclusive; absent: 30 days from now. Never beyond the caller's own expiry unless the caller is an admin.</param>
/// <param name="SourceAddresses">CIDR blocks that requests with it must come from; anywhere when absent.</param>
/// <param name="UserName">What <c>{user}</c> stands for; absent: the caller's own in a token for itself. Only an admin may give another.</param>
public sealed record CreateAccessTokenRequest(
    string Name,
    string? Kind = null,
    string? Subject = null,
    IReadOnlyList<string>? Groups = null,
    DateTimeOffset? Expires = null,
    IReadOnlyList<string>? SourceAddresses = null,
    string? UserName = null);
