using System.Globalization;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>A provider whose people App Service signs in before a request reaches the broker, and what the broker takes them for.</summary>
public sealed record AppServiceIssuer
{
    /// <summary>What App Service calls Entra ID: the one provider that has tenants.</summary>
    public const string Entra = "aad";

    /// <summary>What App Service calls it.</summary>
    public required string Provider { get; init; }

    /// <summary>The only tenant whose people are taken; null for a provider without tenants.</summary>
    public string? Tenant { get; init; }

    /// <summary>What claims make of a person. Its issuer, audiences and algorithms mean nothing here: there is no token.</summary>
    public required OpenIdIssuer Mapping { get; init; }

    /// <summary>Whether a principal is of this provider and tenant.</summary>
    internal bool Takes(AppServicePrincipal principal) =>
        principal.Provider == Provider && (Tenant is null || string.Equals(principal.Claims.Scalar("tid"), Tenant, StringComparison.OrdinalIgnoreCase));

    /// <summary>Tells whom a principal is. Whether App Service said it is for the caller to know.</summary>
    /// <param name="principal">A principal that <see cref="OpenIdIssuers.Find(AppServicePrincipal)"/> gave this issuer for.</param>
    /// <param name="now">The broker's clock.</param>
    /// <returns>The identity, or <see cref="Refusal.Unauthenticated"/>.</returns>
    public Result<OpenIdIdentity> Identify(AppServicePrincipal principal, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (!principal.Claims.Has("exp")) return Mapping.IdentityOf(principal.Claims, null);
        // App Service's session outlives the token that opened it; what the broker gives must not.
        if (!long.TryParse(principal.Claims.Scalar("exp"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return new Refusal.Unauthenticated("the principal of App Service has an exp that is no number of seconds", "sign in again");
        DateTimeOffset expires = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return expires > now
            ? Mapping.IdentityOf(principal.Claims, expires)
            : new Refusal.Unauthenticated($"the sign-in behind the session expired at {expires.UtcDateTime:u}", "call /.auth/refresh, or sign in again");
    }
}
