using SshFunctions.Core.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Ports;

/// <summary>A CA key held in this process's memory.</summary>
public sealed class PrivateKeyCertificateSigner : ICertificateSigner
{
    private readonly SshPrivateKey _key;

    /// <summary>Takes a key; its owner disposes it after the last signature.</summary>
    /// <param name="key">The CA's private key.</param>
    public PrivateKeyCertificateSigner(SshPrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
    }

    /// <inheritdoc/>
    public SshPublicKey PublicKey => _key.PublicKey;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> SignAsync(PreparedCertificate certificate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(_key.SignRaw(certificate.Spend(PublicKey).Span));
    }
}
