using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Rotation;

/// <summary>The journal key that signs at the moment, for whoever signs a statement now and then.</summary>
/// <remarks>A signature names the key that made it; two in a row may be of two keys.</remarks>
public sealed class CurrentStatementSigner : IStatementSigner
{
    private readonly ISigningKeys _keys;
    private volatile SshPublicKey? _last;

    /// <summary>Makes it.</summary>
    /// <param name="keys">Says which key it is.</param>
    public CurrentStatementSigner(ISigningKeys keys) => _keys = keys;

    /// <summary>The key that signed last; which one will sign next, its signature says.</summary>
    /// <exception cref="InvalidOperationException">None has.</exception>
    public SshPublicKey PublicKey => _last ?? throw new InvalidOperationException("no key has signed yet; the signature names the key");

    /// <inheritdoc/>
    public async ValueTask<string> SignAsync(string statementNamespace, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        IStatementSigner signer = (await _keys.ReadAsync(cancellationToken)).Journal;
        _last = signer.PublicKey;
        return await signer.SignAsync(statementNamespace, message, cancellationToken);
    }
}
