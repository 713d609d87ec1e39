using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Certificates;

/// <summary>A certificate that passed the linter and waits for its signature; can be signed once, by one key.</summary>
public sealed class PreparedCertificate
{
    private readonly byte[] _toBeSigned;
    private int _spent;

    internal PreparedCertificate(byte[] toBeSigned, SshPublicKey ca)
    {
        _toBeSigned = toBeSigned;
        Ca = ca;
    }

    /// <summary>The only key that it was prepared for.</summary>
    public SshPublicKey Ca { get; }

    /// <summary>The bytes, for the key that signs them; a second call fails, so that one check buys one signature.</summary>
    /// <param name="signer">The public key of who signs.</param>
    /// <returns>What the signature covers.</returns>
    /// <exception cref="InvalidOperationException">It was spent before, or prepared for another key.</exception>
    public ReadOnlyMemory<byte> Spend(SshPublicKey signer)
    {
        if (!Ca.Equals(signer)) throw new InvalidOperationException("the certificate was prepared for another CA key");
        return Interlocked.Exchange(ref _spent, 1) == 0
            ? _toBeSigned
            : throw new InvalidOperationException("the certificate is signed already");
    }

    /// <summary>The same bytes, for putting certificate and signature together.</summary>
    internal byte[] ToBeSigned => _toBeSigned;
}
