using SshFunctions.Ssh.Keys;

namespace SshFunctions.Ssh.Signatures;

/// <summary>A public key made ready to check many signatures: the platform's key object costs more than a check with it.</summary>
/// <remarks>Thread safe. Keep it as long as the key is used; what the platform holds for it goes with the object.</remarks>
public sealed class SignatureVerifier
{
    private readonly Func<ReadOnlySpan<byte>, SshSignature, bool> _verify;

    /// <summary>Makes a key ready.</summary>
    /// <param name="key">The key.</param>
    public SignatureVerifier(SshPublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = key;
        _verify = key.Algorithm.Prepare(key.Wire[^key.Fields.Length..]);
    }

    /// <summary>The key.</summary>
    public SshPublicKey Key { get; }

    /// <summary>Whether a signature is this key's over the data.</summary>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>As <see cref="SshPublicKey.Verify"/> tells.</returns>
    /// <exception cref="PlatformNotSupportedException">An Ed25519 key, and the platform has no OpenSSL 3.</exception>
    public bool Verify(ReadOnlySpan<byte> data, SshSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return _verify(data, signature);
    }
}
