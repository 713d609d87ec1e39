namespace SshFunctions.Api;

/// <summary>Answer of SpendCertificate: this connection, and no other, may use the certificate.</summary>
/// <param name="Serial">Of the certificate.</param>
public sealed record SpentCertificateResponse(ulong Serial);
