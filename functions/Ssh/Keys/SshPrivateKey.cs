using System.Security.Cryptography;
using SshFunctions.Ssh.Keys.Algorithms;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Ssh.Keys;

/// <summary>A private key that can sign: ECDSA, RSA or Ed25519.</summary>
/// <remarks>Dispose it when done; what it holds is overwritten. Signing is thread safe. Never a record, and it prints only its type.</remarks>
public abstract class SshPrivateKey : IDisposable
{
    private protected SshPrivateKey(SshPublicKey publicKey) => PublicKey = publicKey;

    /// <summary>The public half.</summary>
    public SshPublicKey PublicKey { get; }

    /// <summary>Makes a new ECDSA key.</summary>
    /// <param name="bits">256, 384 or 521.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another size.</exception>
    public static SshPrivateKey GenerateEcdsa(int bits)
    {
        NistCurve curve = NistCurve.BySize(bits)
            ?? throw new ArgumentOutOfRangeException(nameof(bits), bits, "ECDSA keys have 256, 384 or 521 bits.");
        return new EcdsaPrivateKey(ECDsa.Create(curve.Curve));
    }

    /// <summary>Makes a new RSA key, which takes a fifth of a second and more.</summary>
    /// <param name="bits">2048 to 16384.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another size.</exception>
    public static SshPrivateKey GenerateRsa(int bits)
    {
        if (bits is < RsaAlgorithm.MinimumBits or > RsaAlgorithm.MaximumBits)
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "RSA keys have 2048 to 16384 bits.");
        return new RsaPrivateKey(RSA.Create(bits));
    }

    /// <summary>Makes a new Ed25519 key.</summary>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="PlatformNotSupportedException"><see cref="Ed25519.IsSupported"/> is false.</exception>
    public static SshPrivateKey GenerateEd25519() => new Ed25519PrivateKey(RandomNumberGenerator.GetBytes(Ed25519.SeedBytes));

    /// <summary>Makes a new key of the type of another.</summary>
    /// <param name="other">The other; RSA keys get 3072 bits, whatever it has, and types that can't be made here become ECDSA on P-256.</param>
    /// <returns>The key; the caller disposes it.</returns>
    public static SshPrivateKey GenerateLike(SshPublicKey other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.KeyType switch
        {
            "ecdsa-sha2-nistp384" => GenerateEcdsa(384),
            "ecdsa-sha2-nistp521" => GenerateEcdsa(521),
            "ssh-rsa" => GenerateRsa(3072),
            "ssh-ed25519" => GenerateEd25519(),
            _ => GenerateEcdsa(256),
        };
    }

    /// <summary>Takes an ECDSA key.</summary>
    /// <param name="ecdsa">On P-256, P-384 or P-521; owned from now on.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Another curve.</exception>
    public static SshPrivateKey FromEcdsa(ECDsa ecdsa) => new EcdsaPrivateKey(ecdsa);

    /// <summary>Takes an RSA key.</summary>
    /// <param name="rsa">Of 2048 to 16384 bits; owned from now on.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="Wire.SshFormatException">Another size.</exception>
    public static SshPrivateKey FromRsa(RSA rsa) => new RsaPrivateKey(rsa);

    /// <summary>Takes an Ed25519 seed.</summary>
    /// <param name="seed">32 bytes; copied.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Another length.</exception>
    /// <exception cref="PlatformNotSupportedException"><see cref="Ed25519.IsSupported"/> is false.</exception>
    public static SshPrivateKey FromEd25519Seed(ReadOnlySpan<byte> seed) => new Ed25519PrivateKey(seed.ToArray());

    /// <summary>Signs, and gives what the primitive gives.</summary>
    /// <param name="data">What to sign; not hashed before.</param>
    /// <returns>ECDSA: r and s in fixed width with the curve's hash; RSA: PKCS#1 v1.5 with SHA-512; Ed25519: 64 bytes.</returns>
    public abstract byte[] SignRaw(ReadOnlySpan<byte> data);

    /// <summary>Signs.</summary>
    /// <param name="data">What to sign; not hashed before.</param>
    /// <returns>The signature as SSH encodes it.</returns>
    public SshSignature Sign(ReadOnlySpan<byte> data) => SshSignature.FromRaw(PublicKey, SignRaw(data));

    /// <summary>The type only.</summary>
    /// <returns>For people; nothing secret.</returns>
    public sealed override string ToString() => $"private key of {PublicKey.KeyType}";

    /// <summary>Overwrites the key.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract void Dispose(bool disposing);

    /// <summary>Writes the private fields of openssh-key-v1, after the key's type.</summary>
    private protected abstract void WriteFields(Wire.SshWriter writer);

    internal void WriteTo(Wire.SshWriter writer)
    {
        writer.WriteString(PublicKey.KeyType);
        WriteFields(writer);
    }
}
