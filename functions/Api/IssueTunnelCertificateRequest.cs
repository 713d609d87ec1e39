namespace SshFunctions.Api;

/// <summary>Body of IssueTunnelCertificate, sent by an enrolled host whose resource has a reverse tunnel.</summary>
/// <param name="PublicKey">The key that the tunnel is kept with.</param>
public sealed record IssueTunnelCertificateRequest(string PublicKey);
