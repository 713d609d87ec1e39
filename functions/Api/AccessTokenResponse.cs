namespace SshFunctions.Api;

/// <summary>An access token, without its secret.</summary>
/// <param name="Id">Public half of the token.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind"><c>person</c> or <c>service</c>.</param>
/// <param name="Subject">Whom it speaks for.</param>
/// <param name="Groups">Groups of the subject.</param>
/// <param name="Created">UTC.</param>
/// <param name="Expires">UTC, exclusive.</param>
/// <param name="SourceAddresses">CIDR blocks that requests with it must come from; null for anywhere.</param>
/// <param name="UserName">What <c>{user}</c> stands for; null for nothing.</param>
/// <param name="SshKey">Fingerprint of the registered key that it was got with, and ends with; null for none.</param>
/// <param name="Rotated">UTC; when another took its place, null while none did.</param>
public sealed record AccessTokenResponse(
    string Id,
    string Name,
    string Kind,
    string Subject,
    IReadOnlyList<string> Groups,
    DateTimeOffset Created,
    DateTimeOffset Expires,
    IReadOnlyList<string>? SourceAddresses = null,
    string? UserName = null,
    string? SshKey = null,
    DateTimeOffset? Rotated = null);
