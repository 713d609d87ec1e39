namespace SshFunctions.Support.OpenId;

/// <summary>What a token endpoint gave.</summary>
/// <param name="IdToken">A JSON web token for the client.</param>
/// <param name="AccessToken">A JSON web token when a resource was named, else opaque.</param>
/// <param name="RefreshToken">Good for one use; null without <c>offline_access</c>.</param>
public sealed record OpenIdTokens(string IdToken, string AccessToken, string? RefreshToken);
