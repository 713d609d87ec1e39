namespace SshFunctions.App.Hosting.OpenId;

/// <summary>The file of <c>--identities</c> as it is written.</summary>
internal sealed record IdentitiesDocument(IReadOnlyList<IssuerDocument> Issuers);
