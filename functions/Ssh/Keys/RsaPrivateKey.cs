using System.Numerics;
using System.Security.Cryptography;
using SshFunctions.Ssh.Keys.Algorithms;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys;

/// <summary>An RSA private key; signs with SHA-512.</summary>
internal sealed class RsaPrivateKey(RSA rsa) : SshPrivateKey(SshPublicKey.FromRsa(rsa))
{
    public override byte[] SignRaw(ReadOnlySpan<byte> data) => rsa.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1);

    //  mpint  n
    //  mpint  e
    //  mpint  d
    //  mpint  iqmp: the inverse of q modulo p
    //  mpint  p
    //  mpint  q
    public static RsaPrivateKey Read(ref SshReader reader)
    {
        int start = reader.Position;
        ReadOnlySpan<byte> modulus = reader.ReadMpint("modulus");
        ReadOnlySpan<byte> exponent = reader.ReadMpint("public exponent");
        // The platform indexes into these unasked, and would compute for minutes with numbers of any length.
        if (modulus.Length is 0 or > RsaAlgorithm.MaximumBits / 8 || exponent.IsEmpty || exponent.Length > modulus.Length)
            reader.FailAt(start, "modulus or public exponent", "is out of range");
        ReadOnlySpan<byte> d = reader.ReadMpint("private exponent");
        ReadOnlySpan<byte> inverseQ = reader.ReadMpint("inverse of q");
        ReadOnlySpan<byte> p = reader.ReadMpint("prime p");
        ReadOnlySpan<byte> q = reader.ReadMpint("prime q");
        reader.ThrowIfFailed();

        // The platform takes numbers of exactly these lengths, and asks for the two exponents that the file leaves out.
        int half = (modulus.Length + 1) / 2;
        var parameters = new RSAParameters
        {
            Modulus = modulus.ToArray(),
            Exponent = exponent.ToArray(),
            D = Padded(d, modulus.Length),
            P = Padded(p, half),
            Q = Padded(q, half),
            InverseQ = Padded(inverseQ, half),
            DP = Padded(Reduce(d, p), half),
            DQ = Padded(Reduce(d, q), half),
        };
        try
        {
            return new RsaPrivateKey(RSA.Create(parameters));
        }
        finally
        {
            Wipe(parameters);
        }
    }

    private protected override void Dispose(bool disposing) => rsa.Dispose();

    //  mpint  n
    //  mpint  e
    //  mpint  d
    //  mpint  iqmp: the inverse of q modulo p
    //  mpint  p
    //  mpint  q
    private protected override void WriteFields(SshWriter writer)
    {
        RSAParameters parameters = rsa.ExportParameters(includePrivateParameters: true);
        writer.WriteMpint(parameters.Modulus);
        writer.WriteMpint(parameters.Exponent);
        writer.WriteMpint(parameters.D);
        writer.WriteMpint(parameters.InverseQ);
        writer.WriteMpint(parameters.P);
        writer.WriteMpint(parameters.Q);
        Wipe(parameters);
    }

    private static byte[] Reduce(ReadOnlySpan<byte> d, ReadOnlySpan<byte> prime)
    {
        if (prime.Length < 2)
            throw new CryptographicException("A prime is missing.");
        BigInteger reduced = new BigInteger(d, isUnsigned: true, isBigEndian: true)
            % (new BigInteger(prime, isUnsigned: true, isBigEndian: true) - BigInteger.One);
        return reduced.ToByteArray(isUnsigned: true, isBigEndian: true);
    }

    private static byte[] Padded(ReadOnlySpan<byte> number, int length)
    {
        if (number.Length > length)
            throw new CryptographicException("A number is too long.");
        byte[] padded = new byte[length];
        number.CopyTo(padded.AsSpan(length - number.Length));
        return padded;
    }

    private static void Wipe(RSAParameters parameters)
    {
        foreach (byte[]? secret in new[] { parameters.D, parameters.DP, parameters.DQ, parameters.InverseQ, parameters.P, parameters.Q })
            CryptographicOperations.ZeroMemory(secret);
    }
}
