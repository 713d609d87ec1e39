using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SshFunctions.Ssh.Keys;

/// <summary>The few functions of OpenSSL 3 that Ed25519 needs.</summary>
/// <remarks>Source: EVP_PKEY_new_raw_private_key(3), EVP_DigestSign(3), EVP_DigestVerify(3).</remarks>
internal static partial class LibCrypto
{
    public const string Name = "libcrypto.so.3"; // the name ties it to the stable interface of OpenSSL 3

    private const int KeyTypeEd25519 = 1087; // NID_ED25519

    public static KeyHandle ImportSeed(ReadOnlySpan<byte> seed)
    {
        KeyHandle key = NewRawPrivateKey(KeyTypeEd25519, 0, seed, (nuint)seed.Length);
        return key.IsInvalid ? throw Failure("take the seed") : key;
    }

    public static KeyHandle ImportPublicKey(ReadOnlySpan<byte> publicKey)
    {
        KeyHandle key = NewRawPublicKey(KeyTypeEd25519, 0, publicKey, (nuint)publicKey.Length);
        return key.IsInvalid ? throw Failure("take the public key") : key;
    }

    public static byte[] PublicKey(KeyHandle key)
    {
        byte[] publicKey = new byte[Ed25519.PublicKeyBytes];
        nuint length = (nuint)publicKey.Length;
        if (GetRawPublicKey(key, publicKey, ref length) != 1 || length != (nuint)publicKey.Length)
            throw Failure("compute the public key");
        return publicKey;
    }

    public static byte[] Sign(KeyHandle key, ReadOnlySpan<byte> data)
    {
        using DigestHandle context = NewDigest();
        byte[] signature = new byte[Ed25519.SignatureBytes];
        nuint length = (nuint)signature.Length;
        if (DigestSignInit(context, 0, 0, 0, key) != 1
            || DigestSign(context, signature, ref length, data, (nuint)data.Length) != 1
            || length != (nuint)signature.Length)
            throw Failure("sign");
        return signature;
    }

    public static bool Verify(KeyHandle key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using DigestHandle context = NewDigest();
        if (DigestVerifyInit(context, 0, 0, 0, key) != 1)
            throw Failure("verify");
        if (DigestVerify(context, signature, (nuint)signature.Length, data, (nuint)data.Length) == 1)
            return true;

        // OpenSSL queues errors per thread, and .NET reads the same queue: leave none behind for it to trip over.
        ClearErrors();
        return false;
    }

    private static DigestHandle NewDigest()
    {
        DigestHandle context = NewDigestContext();
        return context.IsInvalid ? throw Failure("make a context") : context;
    }

    private static CryptographicException Failure(string what)
    {
        ClearErrors();
        return new CryptographicException($"OpenSSL could not {what} for Ed25519.");
    }

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial KeyHandle NewRawPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    private static partial KeyHandle NewRawPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int GetRawPublicKey(KeyHandle key, Span<byte> publicKey, ref nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_new")]
    private static partial DigestHandle NewDigestContext();

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeDigestContext(nint context);

    [LibraryImport(Name, EntryPoint = "EVP_DigestSignInit")]
    private static partial int DigestSignInit(DigestHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Name, EntryPoint = "EVP_DigestSign")]
    private static partial int DigestSign(
        DigestHandle context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_DigestVerifyInit")]
    private static partial int DigestVerifyInit(DigestHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Name, EntryPoint = "EVP_DigestVerify")]
    private static partial int DigestVerify(
        DigestHandle context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Name, EntryPoint = "ERR_clear_error")]
    private static partial void ClearErrors();

    /// <summary>An EVP_PKEY.</summary>
    internal sealed class KeyHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            FreeKey(handle);
            return true;
        }
    }

    /// <summary>An EVP_MD_CTX.</summary>
    internal sealed class DigestHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            FreeDigestContext(handle);
            return true;
        }
    }
}
