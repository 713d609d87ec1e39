using Azure.Core;
using Azure.Identity;
using SshFunctions.Core;

namespace SshFunctions.Azure.Identity;

/// <summary>Whom the broker is in Azure, named explicitly: nothing is probed, so nothing that lies around on a machine is used in silence.</summary>
/// <remarks>A closed hierarchy. Source: Azure.Identity 1.21; the variables are those that AKS workload identity sets.</remarks>
public abstract record AzureIdentity
{
    /// <summary>The forms, for people.</summary>
    public const string Rule = "managed, managed:CLIENT-ID or workload";

    private const string Field = "azure-identity";
    private const string ManagedPrefix = "managed:";

    private AzureIdentity()
    {
    }

    /// <summary>Reads a form of <see cref="Rule"/>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The identity, or <see cref="Refusal.Invalid"/>.</returns>
    public static Result<AzureIdentity> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "managed") return new Managed(null);
        if (text == "workload") return new Workload();
        if (!text.StartsWith(ManagedPrefix, StringComparison.Ordinal))
            return new Refusal.Invalid(Field, $"is none of {Rule}", "name the one that the broker's machine or function app has");
        return Guid.TryParseExact(text[ManagedPrefix.Length..], "d", out Guid clientId)
            ? new Managed(clientId.ToString("d"))
            : new Refusal.Invalid(Field, "has a client id that is no GUID", "give the client id of the user-assigned identity, or managed alone for the system-assigned one");
    }

    /// <summary>Makes the credential. Make one and keep it: it caches tokens.</summary>
    /// <param name="environment">Gives an environment variable; null for none.</param>
    /// <param name="clock">For the bound on the wait for a token.</param>
    /// <returns>The credential, which asks nobody before it is used; or <see cref="Refusal.Invalid"/>.</returns>
    public Result<TokenCredential> Open(Func<string, string?> environment, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(clock);
        return Make(environment).Try(out TokenCredential? credential, out Refusal? refusal) ? new BoundedCredential(credential, clock) : refusal;
    }

    private protected abstract Result<TokenCredential> Make(Func<string, string?> environment);

    /// <summary>The identity that Azure gives the machine or function app.</summary>
    /// <param name="ClientId">The user-assigned one; null for the system-assigned one.</param>
    public sealed record Managed(string? ClientId) : AzureIdentity
    {
        private protected override Result<TokenCredential> Make(Func<string, string?> environment)
        {
            ManagedIdentityId id = ClientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(ClientId);
            var options = new ManagedIdentityCredentialOptions(id);
            Bound(options.Retry);
            return new ManagedIdentityCredential(options);
        }
    }

    /// <summary>A pod's federated token, exchanged for an application's.</summary>
    public sealed record Workload : AzureIdentity
    {
        private const string Tenant = "AZURE_TENANT_ID";
        private const string Client = "AZURE_CLIENT_ID";
        private const string TokenFile = "AZURE_FEDERATED_TOKEN_FILE";
        private const string Authority = "AZURE_AUTHORITY_HOST";

        private protected override Result<TokenCredential> Make(Func<string, string?> environment)
        {
            foreach (string name in new[] { Tenant, Client, TokenFile })
            {
                if (string.IsNullOrEmpty(environment(name)))
                    return new Refusal.Invalid(Field, $"is workload, but {name} is not set", $"{Tenant}, {Client} and {TokenFile} must be set, as the workload identity webhook does");
            }

            // Instance discovery would ask a public host whether the authority is one; the operator's environment says so already.
            var options = new WorkloadIdentityCredentialOptions
            {
                TenantId = environment(Tenant),
                ClientId = environment(Client),
                TokenFilePath = environment(TokenFile),
                DisableInstanceDiscovery = true,
            };
            if (environment(Authority) is { Length: > 0 } authority)
            {
                if (!Uri.TryCreate(authority, UriKind.Absolute, out Uri? host) || host.Scheme != Uri.UriSchemeHttps)
                    return new Refusal.Invalid(Field, $"is workload, but {Authority} is no https address", "for example https://login.microsoftonline.com/; or leave it out");
                options.AuthorityHost = host;
            }

            Bound(options.Retry);
            return new WorkloadIdentityCredential(options);
        }
    }

    private static void Bound(RetryOptions retry)
    {
        retry.MaxRetries = 2;
        retry.Delay = TimeSpan.FromMilliseconds(200);
        retry.MaxDelay = TimeSpan.FromSeconds(1);
        retry.NetworkTimeout = TimeSpan.FromSeconds(3);
    }
}
