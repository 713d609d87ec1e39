namespace SshFunctions.Api;

/// <summary>An access token, without its secret.</summary>
/// <param name="Id">Public half of the token.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind"><c>person</c> or <c>service</c>.</param>
/// <param name="Subject">Whom it speaks for.</param>
/// <param name="Groups">Groups of the subject.</param>
/// <param name="Created">UTC.</param>
/// <param name="Expires">UTC, exclusive.</param>
public sealed record AccessTokenResponse(
    string Id,
    string Name,
    string Kind,
    string Subject,
    IReadOnlyList<string> Groups,
    DateTimeOffset Created,
    DateTimeOffset Expires);
