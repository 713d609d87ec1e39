namespace SshFunctions.App.Hosting.OpenId;

/// <summary>People whom App Service signs in, as it is written.</summary>
/// <param name="Name">What people and the journal call it.</param>
/// <param name="Provider">What App Service calls the provider, such as <c>aad</c>.</param>
/// <param name="Kind"><c>person</c> or <c>service</c>.</param>
/// <param name="Subject">Template of the subject: the trust decision.</param>
/// <param name="Tenant">The tenant's id; demanded of <c>aad</c>.</param>
/// <param name="Groups">Where groups come from.</param>
/// <param name="UserName">Template of the account name.</param>
/// <param name="UserNames">Account names by subject; they win over the template.</param>
/// <param name="Conditions">Allowed patterns by claim; all must hold.</param>
/// <param name="RequireVerifiedEmail">True when absent.</param>
internal sealed record AppServiceDocument(
    string Name,
    string Provider,
    string Kind,
    string Subject,
    string? Tenant = null,
    GroupsDocument? Groups = null,
    string? UserName = null,
    IReadOnlyDictionary<string, string>? UserNames = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Conditions = null,
    bool? RequireVerifiedEmail = null)
{
    /// <summary>What it says of claims, as an issuer's.</summary>
    public IssuerDocument ToIssuer() => new(
        Name, "", [], Kind, Subject, null, Groups, UserName, UserNames, Conditions, RequireVerifiedEmail);
}
