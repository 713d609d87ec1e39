namespace SshFunctions.Api;

/// <summary>Body of IssueHostCertificate, sent by an enrolled host about itself.</summary>
/// <param name="PublicKey">One of the host keys that it enrolled with.</param>
public sealed record IssueHostCertificateRequest(string PublicKey);
