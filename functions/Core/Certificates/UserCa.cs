using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Certificates;

/// <summary>The key that signs user certificates, and nothing else.</summary>
public sealed class UserCa : SigningCa
{
    /// <summary>Takes a key.</summary>
    /// <param name="signer">The user CA key.</param>
    /// <param name="clock">Bounds the wait for it.</param>
    public UserCa(ICertificateSigner signer, TimeProvider clock)
        : base(signer, CertificateType.User, "user CA", clock)
    {
    }
}
