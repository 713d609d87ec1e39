using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Core.Ports;

/// <summary>The journal key held in this process's memory.</summary>
public sealed class PrivateKeyStatementSigner : IStatementSigner
{
    private readonly SshPrivateKey _key;

    /// <summary>Takes a key; its owner disposes it after the last signature.</summary>
    /// <param name="key">The journal's private key.</param>
    public PrivateKeyStatementSigner(SshPrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
    }

    /// <inheritdoc/>
    public SshPublicKey PublicKey => _key.PublicKey;

    /// <inheritdoc/>
    public ValueTask<string> SignAsync(string statementNamespace, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        ValueTask.FromResult(SshSig.Sign(_key, statementNamespace, message.Span));
}
