using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Ports;

/// <summary>The journal key: signs what the broker states about itself (KRL, checkpoints) as SSHSIG, never a certificate.</summary>
/// <remarks>Thread safe. The private key never leaves the signer.</remarks>
public interface IStatementSigner
{
    /// <summary>The public key; the same for the life of the signer, save where a rotation changes keys behind it: a signature names its key.</summary>
    SshPublicKey PublicKey { get; }

    /// <summary>Signs a statement.</summary>
    /// <param name="statementNamespace">What the statement is for; a verifier demands the same.</param>
    /// <param name="message">What is stated.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The armored SSHSIG.</returns>
    /// <exception cref="SignerUnavailableException">The key can't be reached.</exception>
    ValueTask<string> SignAsync(string statementNamespace, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
