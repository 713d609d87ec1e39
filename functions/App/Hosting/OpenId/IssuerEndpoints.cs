namespace SshFunctions.App.Hosting.OpenId;

/// <summary>Where a browser signs in with an issuer, and where the code it comes back with becomes tokens.</summary>
/// <param name="Authorization">Where the browser goes.</param>
/// <param name="Token">Where a code becomes tokens.</param>
/// <param name="NamesItself">Whether the browser always comes back with the issuer's <c>iss</c> beside the code.</param>
/// <remarks>Source: OpenID Connect Discovery 1.0, section 3; RFC 9207, section 3.</remarks>
internal sealed record IssuerEndpoints(Uri Authorization, Uri Token, bool NamesItself);
