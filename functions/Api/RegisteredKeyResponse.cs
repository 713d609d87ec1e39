namespace SshFunctions.Api;

/// <summary>A registered public key.</summary>
/// <param name="Id">Identifier for RemoveKey.</param>
/// <param name="Owner">Subject or group.</param>
/// <param name="Name">What the owner calls it.</param>
/// <param name="PublicKey">OpenSSH text form without comment.</param>
/// <param name="Fingerprint"><c>SHA256:…</c>.</param>
/// <param name="Created">UTC.</param>
/// <param name="Expires">UTC, exclusive; null for never.</param>
public sealed record RegisteredKeyResponse(
    string Id,
    string Owner,
    string Name,
    string PublicKey,
    string Fingerprint,
    DateTimeOffset Created,
    DateTimeOffset? Expires);
