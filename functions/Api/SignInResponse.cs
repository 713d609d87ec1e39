namespace SshFunctions.Api;

/// <summary>Answer of GetSignIn: the ways in which people can sign in.</summary>
/// <param name="Issuers">OpenID Connect issuers with a device flow; none when the operator configured none.</param>
/// <param name="AccessTokens">Whether the broker's own access tokens are taken.</param>
public sealed record SignInResponse(IReadOnlyList<SignInIssuer> Issuers, bool AccessTokens);
