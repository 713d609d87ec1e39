using System.Security.Cryptography;
using SshFunctions.Ssh.Keys.Algorithms;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys;

/// <summary>An ECDSA private key.</summary>
internal sealed class EcdsaPrivateKey(ECDsa ecdsa) : SshPrivateKey(SshPublicKey.FromEcdsa(ecdsa))
{
    private readonly NistCurve _curve = NistCurve.BySize(ecdsa.KeySize)!;

    public override byte[] SignRaw(ReadOnlySpan<byte> data) =>
        ecdsa.SignData(data, _curve.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private protected override void Dispose(bool disposing) => ecdsa.Dispose();

    //  string  curve name
    //  string  Q: 0x04, x, y
    //  mpint   d
    private protected override void WriteFields(SshWriter writer)
    {
        ECParameters parameters = ecdsa.ExportParameters(includePrivateParameters: true);
        writer.WriteBytes(PublicKey.Fields);
        writer.WriteMpint(parameters.D);
        CryptographicOperations.ZeroMemory(parameters.D);
    }
}
