namespace SshFunctions.Api;

/// <summary>A certificate that opens one listening port on a bastion and nothing else, and where to use it.</summary>
/// <param name="Certificate">One line as in a <c>-cert.pub</c> file.</param>
/// <param name="Serial">Of the journal entry that recorded it.</param>
/// <param name="ValidBefore">UTC, exclusive.</param>
/// <param name="Host">Where the bastion is reached.</param>
/// <param name="Port">TCP port of the bastion's sshd.</param>
/// <param name="Login">Unix account on the bastion.</param>
/// <param name="ListenPort">Port on the bastion's loopback.</param>
public sealed record TunnelCertificateResponse(
    string Certificate, ulong Serial, DateTimeOffset ValidBefore, string Host, int Port, string Login, int ListenPort);
