namespace SshFunctions.Api;

/// <summary>Body of RotateAccessToken.</summary>
/// <param name="OverlapSeconds">How long the old token stays good, unless it ends before; 0 to 2592000, an hour when absent.</param>
/// <param name="Expires">UTC, exclusive: the new token's end; absent: as long a life as the old one had. Never beyond the caller's own
/// expiry unless the caller is an admin.</param>
public sealed record RotateAccessTokenRequest(int? OverlapSeconds = null, DateTimeOffset? Expires = null);
