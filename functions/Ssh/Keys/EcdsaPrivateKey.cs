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

    //  string  curve name
    //  string  Q: 0x04, x, y
    //  mpint   d
    public static EcdsaPrivateKey Read(ref SshReader reader, NistCurve curve)
    {
        EcdsaAlgorithm.ReadPoint(ref reader, curve, out ReadOnlySpan<byte> point);
        int start = reader.Position;
        ReadOnlySpan<byte> d = reader.ReadMpint("private number");
        if (d.IsEmpty || d.Length > curve.FieldBytes)
            reader.FailAt(start, "private number", "is out of range");
        reader.ThrowIfFailed();

        byte[] padded = new byte[curve.FieldBytes];
        d.CopyTo(padded.AsSpan(padded.Length - d.Length));
        ECParameters parameters = EcdsaAlgorithm.ParametersOf(point, curve);
        parameters.D = padded;
        try
        {
            return new EcdsaPrivateKey(ECDsa.Create(parameters));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(padded);
        }
    }

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
