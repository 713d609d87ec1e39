using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Certificates;

/// <summary>The key that signs host certificates, and nothing else.</summary>
public sealed class HostCa : SigningCa
{
    /// <summary>Takes a key.</summary>
    /// <param name="signer">The host CA key.</param>
    /// <param name="clock">Bounds the wait for it.</param>
    public HostCa(ICertificateSigner signer, TimeProvider clock)
        : base(signer, CertificateType.Host, "host CA", clock)
    {
    }
}
