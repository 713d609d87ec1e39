namespace SshFunctions.Api;

/// <summary>One revocation in force.</summary>
/// <param name="Id">Identifier, <c>kind:target</c>.</param>
/// <param name="Kind"><c>serial</c>, <c>key</c>, <c>subject</c>, <c>host</c> or <c>ca</c>; revoking a grant gives a <c>serial</c> for each live certificate.</param>
/// <param name="Target">The serial, fingerprint, subject, or identifier of a host.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Subject of the caller who revoked.</param>
/// <param name="Created">UTC.</param>
/// <param name="Expires">When it leaves the KRL because what it revokes has expired, UTC; null for never.</param>
public sealed record RevocationResponse(
    string Id,
    string Kind,
    string Target,
    string Reason,
    string By,
    DateTimeOffset Created,
    DateTimeOffset? Expires);
