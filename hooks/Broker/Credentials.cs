namespace SshFunctions.Hooks.Broker;

/// <summary>Where the broker is and the token for it; a class, because a record would print the token.</summary>
internal sealed class Credentials(Uri broker, string token, DateTimeOffset? expires = null, OpenIdSession? session = null)
{
    internal Uri Broker { get; } = broker;

    /// <summary>A secret: goes into the Authorization header and the credentials file, nowhere else.</summary>
    internal string Token { get; } = token;

    /// <summary>When the token ends, exclusive; null when only the broker knows.</summary>
    internal DateTimeOffset? Expires { get; } = expires;

    /// <summary>Where the token comes from and can be renewed; null for one of the broker's own.</summary>
    internal OpenIdSession? Session { get; } = session;
}
