using System.Runtime.InteropServices;

namespace SshFunctions.Ssh.Keys;

/// <summary>Ed25519 through the OpenSSL 3 of the platform, which .NET itself does not offer.</summary>
/// <remarks>Thread safe: keys are made for one call and never shared. Source: RFC 8032 section 5.1.</remarks>
public static class Ed25519
{
    /// <summary>Length of a seed, which is the whole private key.</summary>
    public const int SeedBytes = 32;

    /// <summary>Length of a public key.</summary>
    public const int PublicKeyBytes = 32;

    /// <summary>Length of a signature.</summary>
    public const int SignatureBytes = 64;

    private static readonly Lazy<bool> Supported = new(() => NativeLibrary.TryLoad(LibCrypto.Name, out _));

    /// <summary>Whether the platform has libcrypto.so.3.</summary>
    public static bool IsSupported => Supported.Value;

    /// <summary>Computes the public key of a seed.</summary>
    /// <param name="seed">32 bytes.</param>
    /// <returns>32 bytes.</returns>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    /// <exception cref="PlatformNotSupportedException"><see cref="IsSupported"/> is false.</exception>
    public static byte[] PublicKeyOf(ReadOnlySpan<byte> seed)
    {
        using LibCrypto.KeyHandle key = LibCrypto.ImportSeed(Checked(seed, SeedBytes, nameof(seed)));
        return LibCrypto.PublicKey(key);
    }

    /// <summary>Signs.</summary>
    /// <param name="seed">32 bytes.</param>
    /// <param name="data">What to sign; not hashed before.</param>
    /// <returns>64 bytes, always the same for the same seed and data.</returns>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    /// <exception cref="PlatformNotSupportedException"><see cref="IsSupported"/> is false.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> data)
    {
        using LibCrypto.KeyHandle key = LibCrypto.ImportSeed(Checked(seed, SeedBytes, nameof(seed)));
        return LibCrypto.Sign(key, data);
    }

    /// <summary>Checks a signature.</summary>
    /// <param name="publicKey">32 bytes.</param>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">64 bytes.</param>
    /// <returns>Whether it is the key's signature over the data; false as well when the key or signature can't be one.</returns>
    /// <exception cref="ArgumentException">The key or signature has another length.</exception>
    /// <exception cref="PlatformNotSupportedException"><see cref="IsSupported"/> is false.</exception>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Checked(signature, SignatureBytes, nameof(signature));
        using LibCrypto.KeyHandle key = LibCrypto.ImportPublicKey(Checked(publicKey, PublicKeyBytes, nameof(publicKey)));
        return LibCrypto.Verify(key, data, signature);
    }

    private static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> bytes, int length, string name)
    {
        if (bytes.Length != length)
            throw new ArgumentException($"It has {bytes.Length} bytes, not {length}.", name);
        if (!IsSupported)
            throw new PlatformNotSupportedException("Ed25519 needs OpenSSL 3 (libcrypto.so.3), which is not on this machine.");
        return bytes;
    }
}
