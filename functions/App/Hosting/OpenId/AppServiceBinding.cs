using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.App.Hosting.OpenId;

/// <summary>Makes an issuer of what is written of App Service's people.</summary>
internal sealed class AppServiceBinding(AppServiceDocument written)
{
    public Result<AppServiceIssuer> Bind()
    {
        IssuerDocument mapping = written.ToIssuer();
        if (!new IssuerBinding(mapping).BindMapping().Try(out OpenIdIssuer? bound, out Refusal? refusal)) return refusal;
        if (written.Provider.Length == 0 || !written.Provider.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            return IssuerBinding.Wrong(mapping, "provider", "is none", "write what X-MS-CLIENT-PRINCIPAL-IDP says, for example aad");
        if (written.Provider == AppServiceIssuer.Entra)
        {
            // Else whoever makes a tenant of his own would be let in by it.
            return Guid.TryParseExact(written.Tenant, "d", out _)
                ? new AppServiceIssuer { Provider = written.Provider, Tenant = written.Tenant, Mapping = bound }
                : IssuerBinding.Wrong(mapping, "tenant", "is no GUID", "give the id of the Entra tenant whose people may enter");
        }

        return written.Tenant is null
            ? new AppServiceIssuer { Provider = written.Provider, Mapping = bound }
            : IssuerBinding.Wrong(mapping, "tenant", $"is given, but {written.Provider} has none", $"leave it out, or make the provider {AppServiceIssuer.Entra}");
    }
}
