namespace SshFunctions.App.Hosting.OpenId;

/// <summary>One issuer as it is written.</summary>
/// <param name="Name">What people and the journal call it.</param>
/// <param name="Issuer">Its <c>iss</c>, to the character; discovery lies below it.</param>
/// <param name="Audiences">One of them must be in <c>aud</c>.</param>
/// <param name="Kind"><c>person</c> or <c>service</c>.</param>
/// <param name="Subject">Template of the subject: the trust decision.</param>
/// <param name="Algorithms">RS256 when absent, as OpenID Connect has it.</param>
/// <param name="Groups">Where groups come from.</param>
/// <param name="UserName">Template of the account name.</param>
/// <param name="UserNames">Account names by subject; they win over the template.</param>
/// <param name="Conditions">Allowed patterns by claim; all must hold.</param>
/// <param name="RequireVerifiedEmail">True when absent.</param>
/// <param name="SingleUse">Whether a token is good for one request.</param>
/// <param name="MaximumAgeSeconds">How long after its <c>iat</c> a token counts.</param>
/// <param name="ClientId">The public client that people sign in as; nobody signs in when absent.</param>
/// <param name="Scopes">What the client asks for.</param>
/// <param name="ClientToken"><c>id_token</c> (when absent) or <c>access_token</c>.</param>
/// <param name="Host">Template of the resource that a machine is which enrolls with a token; none does when absent.</param>
internal sealed record IssuerDocument(
    string Name,
    string Issuer,
    IReadOnlyList<string> Audiences,
    string Kind,
    string Subject,
    IReadOnlyList<string>? Algorithms = null,
    GroupsDocument? Groups = null,
    string? UserName = null,
    IReadOnlyDictionary<string, string>? UserNames = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Conditions = null,
    bool? RequireVerifiedEmail = null,
    bool? SingleUse = null,
    int? MaximumAgeSeconds = null,
    string? ClientId = null,
    IReadOnlyList<string>? Scopes = null,
    string? ClientToken = null,
    string? Host = null);
