namespace SshFunctions.Api;

/// <summary>Answer of SignInWithCode's GET: what a browser needs to begin a sign-in with an issuer.</summary>
/// <param name="AuthorizationEndpoint">Where the browser goes.</param>
/// <param name="ClientId">The public client.</param>
/// <param name="Scopes">What to ask for; a browser gets no refresh token, so <c>offline_access</c> is not among them.</param>
/// <param name="RedirectUri">Where the issuer sends the browser back to: the broker's own portal.</param>
/// <remarks>Source: RFC 6749, section 4.1; RFC 7636.</remarks>
public sealed record CodeSignInStart(string AuthorizationEndpoint, string ClientId, IReadOnlyList<string> Scopes, string RedirectUri);
