using System.Numerics;
using System.Security.Cryptography;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys.Algorithms;

/// <summary>RSA with SHA-2. Source: RFC 4253 section 6.6, RFC 8332 section 3.</summary>
internal sealed class RsaAlgorithm() : KeyAlgorithm("ssh-rsa")
{
    public const string Sha256Name = "rsa-sha2-256";
    public const string Sha512Name = "rsa-sha2-512";

    // sshd's RequiredRSASize starts at 1024; 2048 is what NIST SP 800-57 still allows. 16384 is OpenSSH's SSHBUF_MAX_BIGNUM.
    public const int MinimumBits = 2048;
    public const int MaximumBits = 16384;

    private const int MaximumExponentBytes = 8; // OpenSSL refuses a longer exponent with a modulus over 3072 bits

    //  mpint  e
    //  mpint  n
    public override void ReadFields(ref SshReader reader)
    {
        int start = reader.Position;
        ReadOnlySpan<byte> exponent = reader.ReadMpint("public exponent");
        if (!reader.Failed && (exponent.Length > MaximumExponentBytes || exponent is [] or [1] || (exponent[^1] & 1) == 0))
            reader.FailAt(start, "public exponent", "is not an odd number from 3 to 64 bits");

        start = reader.Position;
        ReadOnlySpan<byte> modulus = reader.ReadMpint("modulus");
        if (reader.Failed)
            return;
        int bits = BitsOf(modulus);
        if (bits < MinimumBits)
            reader.FailAt(start, "modulus", $"has {bits} bits; at least {MinimumBits} are needed, make a new key with ssh-keygen");
        else if (bits > MaximumBits)
            reader.FailAt(start, "modulus", $"has {bits} bits; at most {MaximumBits} are supported");
        else if ((modulus[^1] & 1) == 0)
            reader.FailAt(start, "modulus", "is even, so it is no product of two primes");
    }

    public override bool Verify(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> data, SshSignature signature)
    {
        // "ssh-rsa" as a signature algorithm is RSA with SHA-1, refused like everything else that is not named here.
        HashAlgorithmName hash = signature.Algorithm switch
        {
            Sha256Name => HashAlgorithmName.SHA256,
            Sha512Name => HashAlgorithmName.SHA512,
            _ => default,
        };
        RSAParameters parameters = ParametersOf(fields);
        ReadOnlySpan<byte> blob = signature.Blob.Span;
        if (hash.Name is null || blob.Length > parameters.Modulus!.Length)
            return false;

        // Some signers drop leading zeros; OpenSSH pads such a signature instead of refusing it.
        byte[] padded = new byte[parameters.Modulus.Length];
        blob.CopyTo(padded.AsSpan(padded.Length - blob.Length));
        using var rsa = RSA.Create(parameters);
        return rsa.VerifyData(data, padded, hash, RSASignaturePadding.Pkcs1);
    }

    public override SshSignature EncodeSignature(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> raw)
    {
        int size = ParametersOf(fields).Modulus!.Length;
        if (raw.Length != size)
            throw new ArgumentException($"A raw signature of this RSA key has {size} bytes.", nameof(raw));
        return new SshSignature(Sha512Name, raw.ToArray());
    }

    public static int BitsOf(ReadOnlySpan<byte> modulus) =>
        modulus.IsEmpty ? 0 : (modulus.Length * 8) - BitOperations.LeadingZeroCount((uint)modulus[0]) + 24;

    public static RSAParameters ParametersOf(ReadOnlySpan<byte> fields)
    {
        var reader = new SshReader(fields);
        return new RSAParameters
        {
            Exponent = reader.ReadMpint("public exponent").ToArray(),
            Modulus = reader.ReadMpint("modulus").ToArray(),
        };
    }
}
