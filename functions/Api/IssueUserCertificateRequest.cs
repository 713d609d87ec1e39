namespace SshFunctions.Api;

/// <summary>Body of IssueUserCertificate: a destination, or a resource path with a login.</summary>
/// <param name="PublicKey">The subject key, one line as in a <c>.pub</c> file.</param>
/// <param name="Destination">What the client is about to reach; exclusive with <paramref name="Resource"/>.</param>
/// <param name="Resource">Path <c>project/environment/resource</c>; exclusive with <paramref name="Destination"/>.</param>
/// <param name="Login">Unix account; required with <paramref name="Resource"/>, refused with <paramref name="Destination"/>.</param>
/// <param name="LifetimeSeconds">Wished life; the broker gives at most what the grant and the resource allow. Absent: their maximum.</param>
public sealed record IssueUserCertificateRequest(
    string PublicKey,
    Destination? Destination = null,
    string? Resource = null,
    string? Login = null,
    int? LifetimeSeconds = null);
