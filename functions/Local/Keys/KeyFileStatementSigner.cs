using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Local.Keys;

/// <summary>The journal key from a file, held in this process's memory.</summary>
public sealed class KeyFileStatementSigner : IStatementSigner
{
    private readonly SshPrivateKey _key;

    /// <summary>Takes a key; its owner disposes it after the last signature.</summary>
    /// <param name="key">The journal's private key.</param>
    public KeyFileStatementSigner(SshPrivateKey key)
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
