using SshFunctions.Core.Certificates;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Support.Signers;

/// <summary>A CA key in memory, with faults on demand.</summary>
public sealed class InMemoryCertificateSigner : ICertificateSigner
{
    private readonly SshPrivateKey _key;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _signedCount;

    /// <summary>Takes a key; its owner disposes it.</summary>
    /// <param name="key">The CA's private key.</param>
    public InMemoryCertificateSigner(SshPrivateKey key) => _key = key;

    /// <inheritdoc/>
    public SshPublicKey PublicKey => _key.PublicKey;

    /// <summary>While set, every signature hangs until <see cref="Release"/>.</summary>
    public bool Hangs { get; set; }

    /// <summary>While set, no signature succeeds.</summary>
    public bool IsAway { get; set; }

    /// <summary>While set, signatures come out wrong.</summary>
    public bool Miscalculates { get; set; }

    /// <summary>Signatures that were made.</summary>
    public int SignedCount => Volatile.Read(ref _signedCount);

    /// <summary>Ends when a signature has begun to hang.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets hanging signatures come.</summary>
    public void Release() => _released.TrySetResult();

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> SignAsync(PreparedCertificate certificate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (IsAway) throw new SignerUnavailableException("told to be away");
        if (Hangs)
        {
            _reached.TrySetResult();
            await _released.Task.WaitAsync(cancellationToken);
        }

        byte[] raw = _key.SignRaw(certificate.Spend(PublicKey).Span);
        Interlocked.Increment(ref _signedCount);
        if (Miscalculates) raw[^1] ^= 1;
        return raw;
    }
}
