namespace SshFunctions.Api;

/// <summary>Body of SignInWithCode: what the issuer sent the browser back with.</summary>
/// <param name="Issuer">Name of the issuer, as GetSignIn tells it.</param>
/// <param name="Code">The authorization code.</param>
/// <param name="CodeVerifier">43 to 128 characters whose SHA-256 went along with the browser.</param>
/// <param name="Nonce">The text that the ID token must hold.</param>
/// <param name="RedirectUri">As the GET told it.</param>
/// <param name="Iss">The <c>iss</c> that came with the code: which issuer it is from; null when none came.</param>
/// <remarks>Source: RFC 7636, section 4.5; OpenID Connect Core 1.0, section 3.1.3; RFC 9207.</remarks>
public sealed record CodeSignInRequest(string Issuer, string Code, string CodeVerifier, string Nonce, string RedirectUri, string? Iss = null)
{
    /// <summary>The record without code and verifier: a record prints its members.</summary>
    /// <returns>The issuer.</returns>
    public override string ToString() => $"{nameof(CodeSignInRequest)} {{ Issuer = {Issuer} }}";
}
