namespace SshFunctions.App.Hosting.OpenId;

/// <summary>Where a browser signs in with an issuer, and where the code it comes back with becomes tokens.</summary>
/// <remarks>Source: OpenID Connect Discovery 1.0, section 3.</remarks>
internal sealed record IssuerEndpoints(Uri Authorization, Uri Token);
