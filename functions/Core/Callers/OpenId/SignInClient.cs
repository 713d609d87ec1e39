using System.Collections.Immutable;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>How people sign in with an issuer: as a public client, by device flow.</summary>
/// <param name="Id">The client's identifier there; no secret belongs to it.</param>
/// <param name="Scopes">What to ask for.</param>
/// <param name="Token">Which token to send to the broker: <c>id_token</c> or <c>access_token</c>.</param>
public sealed record SignInClient(string Id, ImmutableArray<string> Scopes, string Token);
