using SshFunctions.Core.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Ports;

/// <summary>A CA key: signs prepared certificates and nothing else.</summary>
/// <remarks>
/// The law: gives the raw signature of the algorithm of <see cref="PublicKey"/> (ECDSA: r and s, each as long as the field, SHA-256,
/// 384 or 512 by curve; RSA: PKCS#1 with SHA-512; Ed25519: 64 bytes); the wire form is made once, elsewhere. Thread safe. The private
/// key never leaves the signer.
/// </remarks>
public interface ICertificateSigner
{
    /// <summary>The CA's public key; the same for the life of the signer.</summary>
    SshPublicKey PublicKey { get; }

    /// <summary>Signs a certificate.</summary>
    /// <param name="certificate">What the linter passed; spent by this call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The raw signature.</returns>
    /// <exception cref="SignerUnavailableException">The key can't be reached.</exception>
    /// <exception cref="InvalidOperationException">The certificate was spent before, or prepared for another key.</exception>
    ValueTask<ReadOnlyMemory<byte>> SignAsync(PreparedCertificate certificate, CancellationToken cancellationToken);
}
