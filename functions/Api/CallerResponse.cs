namespace SshFunctions.Api;

/// <summary>Answer of WhoAmI.</summary>
/// <param name="Kind"><c>person</c>, <c>service</c>, <c>host</c> or <c>system</c>.</param>
/// <param name="Subject">The stable identity.</param>
/// <param name="Groups">Group names, ordinal order.</param>
/// <param name="TokenId">The access token that proved it.</param>
/// <param name="Expires">When the proof ends, UTC, exclusive; null when it does not.</param>
/// <param name="UserName">What <c>{user}</c> in the logins of grants and resources stands for; null for nothing.</param>
/// <param name="Issuer">Name of the OpenID issuer whose token proved it; null when another proof did.</param>
public sealed record CallerResponse(
    string Kind,
    string Subject,
    IReadOnlyList<string> Groups,
    string? TokenId,
    DateTimeOffset? Expires,
    string? UserName = null,
    string? Issuer = null);
