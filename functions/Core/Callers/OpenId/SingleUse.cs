namespace SshFunctions.Core.Callers.OpenId;

/// <summary>A token that counts once.</summary>
/// <param name="Issuer">Its <c>iss</c>.</param>
/// <param name="Id">Its <c>jti</c>.</param>
/// <param name="Expires">Its <c>exp</c>, UTC, exclusive.</param>
/// <param name="Issued">Its <c>iat</c>; null when it does not tell.</param>
public sealed record SingleUse(string Issuer, string Id, DateTimeOffset Expires, DateTimeOffset? Issued);
