using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Support.Signers;

/// <summary>A journal key in memory, with faults on demand.</summary>
public sealed class InMemoryStatementSigner : IStatementSigner
{
    private readonly SshPrivateKey _key;
    private int _signedCount;

    /// <summary>Takes a key; its owner disposes it.</summary>
    /// <param name="key">The journal's private key.</param>
    public InMemoryStatementSigner(SshPrivateKey key) => _key = key;

    /// <inheritdoc/>
    public SshPublicKey PublicKey => _key.PublicKey;

    /// <summary>While set, no signature succeeds.</summary>
    public bool IsAway { get; set; }

    /// <summary>Signatures that were made.</summary>
    public int SignedCount => Volatile.Read(ref _signedCount);

    /// <inheritdoc/>
    public ValueTask<string> SignAsync(string statementNamespace, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (IsAway) throw new SignerUnavailableException("told to be away");
        Interlocked.Increment(ref _signedCount);
        return ValueTask.FromResult(SshSig.Sign(_key, statementNamespace, message.Span));
    }
}
