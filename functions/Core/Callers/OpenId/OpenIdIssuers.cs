using System.Collections.Immutable;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>Every issuer that the broker takes tokens of.</summary>
public sealed class OpenIdIssuers
{
    private OpenIdIssuers(ImmutableArray<OpenIdIssuer> all, ImmutableArray<AppServiceIssuer> appService) => (All, AppService) = (all, appService);

    /// <summary>No issuer: only access tokens are taken.</summary>
    public static OpenIdIssuers None { get; } = new([], []);

    /// <summary>The issuers, in the order of the configuration.</summary>
    public ImmutableArray<OpenIdIssuer> All { get; }

    /// <summary>The providers whose people App Service signs in.</summary>
    public ImmutableArray<AppServiceIssuer> AppService { get; }

    /// <summary>Puts issuers together.</summary>
    /// <param name="issuers">The issuers of tokens.</param>
    /// <param name="appService">The providers behind App Service; none when left out.</param>
    /// <returns>All of them, or <see cref="Refusal.Conflict"/> when a token could be of two, or two share a name.</returns>
    public static Result<OpenIdIssuers> Create(ImmutableArray<OpenIdIssuer> issuers, ImmutableArray<AppServiceIssuer> appService = default)
    {
        ImmutableArray<AppServiceIssuer> behind = appService.IsDefault ? [] : appService;
        foreach ((int index, OpenIdIssuer issuer) in issuers.Index())
        {
            foreach (OpenIdIssuer before in issuers[..index])
            {
                if (before.Name == issuer.Name)
                    return new Refusal.Conflict($"two issuers are named {issuer.Name}", "give each a name of its own", "name");
                if (before.Issuer == issuer.Issuer && before.Audiences.Intersect(issuer.Audiences).FirstOrDefault() is { } shared)
                {
                    return new Refusal.Conflict(
                        $"{before.Name} and {issuer.Name} are one issuer with one audience, {shared}, so a token could be of either",
                        "give each its own audience, or make them one",
                        "audiences");
                }
            }
        }

        return FaultOf(behind, issuers) is { } fault ? fault : new OpenIdIssuers(issuers, behind);
    }

    private static Refusal.Conflict? FaultOf(ImmutableArray<AppServiceIssuer> behind, ImmutableArray<OpenIdIssuer> issuers)
    {
        string[] names = [.. issuers.Select(issuer => issuer.Name), .. behind.Select(issuer => issuer.Mapping.Name)];
        if (names.GroupBy(name => name).FirstOrDefault(name => name.Count() > 1) is { } twice)
            return new Refusal.Conflict($"two issuers are named {twice.Key}", "give each a name of its own", "name");
        return behind.GroupBy(issuer => (issuer.Provider, issuer.Tenant?.ToUpperInvariant())).FirstOrDefault(same => same.Count() > 1) is { } shared
            ? new Refusal.Conflict(
                $"{string.Join(" and ", shared.Select(issuer => issuer.Mapping.Name))} are one provider and tenant, so a person could be of either", "make them one", "tenant")
            : null;
    }

    /// <summary>The one that a principal of App Service is of.</summary>
    /// <param name="principal">A principal.</param>
    /// <returns>The issuer, or <see cref="Refusal.Unauthenticated"/>.</returns>
    public Result<AppServiceIssuer> Find(AppServicePrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return AppService.FirstOrDefault(issuer => issuer.Takes(principal)) is { } found
            ? found
            : new Refusal.Unauthenticated("the principal of App Service is of a provider or tenant that this broker does not take", "its operator lists them in the --identities file");
    }

    /// <summary>The one whose token it says it is. That is not believed before <see cref="OpenIdIssuer.Identify"/>.</summary>
    /// <param name="token">A token.</param>
    /// <returns>The issuer, or <see cref="Refusal.Unauthenticated"/>.</returns>
    public Result<OpenIdIssuer> Find(JsonWebToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        OpenIdIssuer? found = null;
        bool known = false;
        foreach (OpenIdIssuer issuer in All)
        {
            known |= issuer.Issuer == token.Issuer;
            if (!issuer.Takes(token)) continue;
            if (found is not null)
                return new Refusal.Unauthenticated("the token is for the audiences of two issuers", "get a token for one of them");
            found = issuer;
        }

        if (found is not null) return found;
        return known
            ? new Refusal.Unauthenticated("the token is for another audience", "get a token whose aud is the broker's: GET /api/sign-in, or ask its operator")
            : new Refusal.Unauthenticated("the token is of an issuer that this broker does not take", "its operator lists the issuers in the --identities file");
    }
}
