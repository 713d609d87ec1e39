namespace SshFunctions.Api;

/// <summary>Answer of CheckGitPassword: whose password it is. It is good now, not for later.</summary>
/// <param name="Subject">Who got it.</param>
/// <param name="UserName">The account name that the identity's mapping gives the subject; null for none.</param>
/// <param name="Login">The login it is for.</param>
/// <param name="Grant">The grant that allowed it.</param>
/// <param name="Expires">UTC, exclusive.</param>
public sealed record CheckedGitPasswordResponse(string Subject, string? UserName, string Login, string Grant, DateTimeOffset Expires);
