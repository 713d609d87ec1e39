namespace SshFunctions.Core.Callers.OpenId;

/// <summary>The stored form of a use.</summary>
/// <param name="Expires">From when on the token is refused anyway.</param>
internal sealed record SpentToken(DateTimeOffset Expires);
