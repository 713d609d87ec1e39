namespace SshFunctions.Core.Callers;

/// <summary>A new access token with its secret: the only time both are together.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">Its secret; the owner disposes it.</param>
public sealed record CreatedAccessToken(AccessToken Token, Secret Secret);
