using Microsoft.Extensions.Primitives;
using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.App.Hosting;

/// <summary>Takes App Service's word on who sends a request, where it is the one that gives it.</summary>
/// <remarks>
/// Anyone can write these headers; the module overwrites them while it is on, and passes a client's through while it is off. So they
/// count in the Functions home only, with the module on, for issuers that the operator has written. Source: App Service authentication.
/// </remarks>
internal sealed class AppServiceSignIn
{
    public const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL";
    public const string ProviderHeader = "X-MS-CLIENT-PRINCIPAL-IDP";
    public const string EnabledVariable = "WEBSITE_AUTH_ENABLED";

    private const string SiteHeader = "Sec-Fetch-Site";

    private readonly OpenIdIssuers _issuers;
    private readonly bool _isEnabled;

    private AppServiceSignIn(OpenIdIssuers issuers, bool isEnabled) => (_issuers, _isEnabled) = (issuers, isEnabled);

    /// <summary>Decides at start whether the headers can count at all.</summary>
    /// <param name="issuers">The configured ones.</param>
    /// <param name="isFunctionsHome">Whether the Functions host stands before this process.</param>
    /// <param name="environment">Gives an environment variable; null for none.</param>
    /// <returns>The taker, or <see cref="Refusal.Invalid"/> where nothing overwrites a client's own headers.</returns>
    public static Result<AppServiceSignIn> Create(OpenIdIssuers issuers, bool isFunctionsHome, Func<string, string?> environment)
    {
        if (!issuers.AppService.IsEmpty && !isFunctionsHome)
        {
            return new Refusal.Invalid(
                "identities",
                $"--identities: {issuers.AppService[0].Mapping.Name} is of appService, but no App Service stands before this broker, so anyone could write its headers",
                "take appService out; it is for Azure Functions only");
        }

        return new AppServiceSignIn(issuers, bool.TryParse(environment(EnabledVariable), out bool enabled) && enabled);
    }

    /// <summary>Takes the principal of a request that brings no credential of its own.</summary>
    /// <param name="headers">The request's.</param>
    /// <returns>Null when there is none to take; else the principal, or <see cref="Refusal.Unauthenticated"/>.</returns>
    public Result<PresentedCredential>? Take(IHeaderDictionary headers)
    {
        StringValues principal = headers[PrincipalHeader];
        if (_issuers.AppService.IsEmpty || principal.Count == 0 || PresentedCredentials.AnyIn(headers)) return null;
        return Read(principal, headers[ProviderHeader], headers[SiteHeader]);
    }

    private Result<PresentedCredential> Read(StringValues principal, StringValues provider, StringValues site)
    {
        if (!_isEnabled)
            return Refused($"App Service authentication is off, so {PrincipalHeader} is the client's own word", "the broker's operator turns it on, or send an Authorization header");
        if (principal.Count != 1 || provider.Count != 1)
            return Refused($"{PrincipalHeader} and {ProviderHeader} are not there once each", "send neither; App Service writes them");
        // The session is a cookie, which a browser also sends with what another site's page asks for.
        if (site.Count > 0 && site is not ["same-origin" or "none"])
            return Refused("another site asks with this browser's session", "use the broker's own pages, or send an Authorization header");
        return AppServicePrincipal.Parse(provider[0]!, principal[0]!).Try(out AppServicePrincipal? parsed, out Refusal? refusal)
            && _issuers.Find(parsed).Try(out AppServiceIssuer? issuer, out refusal)
                ? new PresentedCredential.Principal(issuer, parsed)
                : refusal;
    }

    private static Refusal.Unauthenticated Refused(string what, string fix) => new(what, fix);
}
