namespace SshFunctions.Api;

/// <summary>Body of SpendCertificate, sent by the host that a single-use certificate is entering.</summary>
/// <param name="Certificate">The certificate, algorithm and base64.</param>
/// <param name="Login">Unix account that it enters as.</param>
/// <param name="Session">The host's name for the connection: asking again for the same one is granted again.</param>
public sealed record SpendCertificateRequest(string Certificate, string Login, string Session);
