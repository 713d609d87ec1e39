namespace SshFunctions.Hooks.Broker;

/// <summary>What renews an OpenID Connect token, as it lies in the credentials file; a class, because a record would print the token.</summary>
internal sealed class OpenIdSession
{
    public required string Issuer { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Which token goes to the broker: <c>id_token</c> or <c>access_token</c>.</summary>
    public required string ClientToken { get; init; }

    public required string TokenEndpoint { get; init; }

    public string? RevocationEndpoint { get; init; }

    /// <summary>A secret, often good for one use only; null when the provider gave none.</summary>
    public string? RefreshToken { get; init; }

    internal OpenIdSession With(string? refreshToken) => new()
    {
        Issuer = Issuer,
        ClientId = ClientId,
        ClientToken = ClientToken,
        TokenEndpoint = TokenEndpoint,
        RevocationEndpoint = RevocationEndpoint,
        RefreshToken = refreshToken,
    };
}
