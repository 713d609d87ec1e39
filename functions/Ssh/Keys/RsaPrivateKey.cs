using System.Security.Cryptography;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys;

/// <summary>An RSA private key; signs with SHA-512.</summary>
internal sealed class RsaPrivateKey(RSA rsa) : SshPrivateKey(SshPublicKey.FromRsa(rsa))
{
    public override byte[] SignRaw(ReadOnlySpan<byte> data) => rsa.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1);

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

    internal static void Wipe(RSAParameters parameters)
    {
        foreach (byte[]? secret in new[] { parameters.D, parameters.DP, parameters.DQ, parameters.InverseQ, parameters.P, parameters.Q })
            CryptographicOperations.ZeroMemory(secret);
    }
}
