namespace SshFunctions.App.Hosting.OpenId;

/// <summary>The file of <c>--identities</c> as it is written.</summary>
/// <param name="Issuers">Whose tokens are taken.</param>
/// <param name="AppService">Whom App Service signs in; in Azure Functions only.</param>
internal sealed record IdentitiesDocument(IReadOnlyList<IssuerDocument> Issuers, IReadOnlyList<AppServiceDocument>? AppService = null);
