namespace SshFunctions.Api;

/// <summary>An issuer that people sign in with as a public client.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Issuer">Its <c>iss</c>; the discovery document lies below it.</param>
/// <param name="ClientId">The public client.</param>
/// <param name="Scopes">What to ask for.</param>
/// <param name="ClientToken">Which token to send to the broker: <c>id_token</c> or <c>access_token</c>.</param>
public sealed record SignInIssuer(string Name, string Issuer, string ClientId, IReadOnlyList<string> Scopes, string ClientToken);
