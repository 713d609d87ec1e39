namespace SshFunctions.Hooks.Broker;

/// <summary>Where the broker is and the access token for it; a class, because a record would print the token.</summary>
internal sealed class Credentials(Uri broker, string token)
{
    internal Uri Broker { get; } = broker;

    /// <summary>A secret: goes into the Authorization header and the credentials file, nowhere else.</summary>
    internal string Token { get; } = token;
}
