using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Certificates;

/// <summary>The certificate of a reverse tunnel whose entry is durable, and where to use it.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Tunnel">What it is for.</param>
/// <param name="Bastion">Where the bastion is reached.</param>
public sealed record IssuedTunnelCertificate(SshCertificate Certificate, ReverseTunnel Tunnel, HostAddress Bastion);
