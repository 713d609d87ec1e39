using System.Security.Cryptography;
using System.Text;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys.Algorithms;

/// <summary>ECDSA over a NIST curve. Source: RFC 5656 sections 3.1 and 3.1.2.</summary>
internal sealed class EcdsaAlgorithm(NistCurve curve) : KeyAlgorithm("ecdsa-sha2-" + curve.Name)
{
    public NistCurve Curve => curve;

    //  string  curve name
    //  string  Q: 0x04, x, y
    public override void ReadFields(ref SshReader reader) => ReadPoint(ref reader, curve, out _);

    public override string? FindFault(ReadOnlySpan<byte> fields) =>
        curve.Contains(PointOf(fields, curve)) ? null : $"has a point that is not on the curve {curve.Name}";

    public override bool Verify(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> data, SshSignature signature) =>
        signature.Algorithm == Name && Verify(PointOf(fields, curve), data, signature.Blob.Span, curve);

    public override Func<ReadOnlySpan<byte>, SshSignature, bool> Prepare(ReadOnlyMemory<byte> fields)
    {
        // Its finalizer frees it; nobody knows when the last signature comes.
        ECDsa ecdsa = ECDsa.Create(ParametersOf(PointOf(fields.Span, curve), curve));
        return (data, signature) => signature.Algorithm == Name && Verify(ecdsa, data, signature.Blob.Span, curve);
    }

    public override SshSignature EncodeSignature(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> raw)
    {
        if (raw.Length != 2 * curve.FieldBytes)
            throw new ArgumentException($"A raw {Name} signature is r and s of {curve.FieldBytes} bytes each.", nameof(raw));

        using var blob = new SshWriter(2 * (curve.FieldBytes + 5));
        blob.WriteMpint(raw[..curve.FieldBytes]);
        blob.WriteMpint(raw[curve.FieldBytes..]);
        return new SshSignature(Name, blob.ToArray());
    }

    public static void ReadPoint(ref SshReader reader, NistCurve curve, out ReadOnlySpan<byte> point)
    {
        int start = reader.Position;
        ReadOnlySpan<byte> name = reader.ReadString("curve name");
        if (!name.SequenceEqual(Encoding.ASCII.GetBytes(curve.Name)))
            reader.FailAt(start, "curve name", $"is not {curve.Name}, which the key type says");

        start = reader.Position;
        point = reader.ReadString("point");
        if (point.Length != 1 + (2 * curve.FieldBytes) || point[0] != 0x04)
            reader.FailAt(start, "point", $"is not an uncompressed point of {1 + (2 * curve.FieldBytes)} bytes");
    }

    public static ReadOnlySpan<byte> PointOf(ReadOnlySpan<byte> fields, NistCurve curve)
    {
        var reader = new SshReader(fields);
        reader.ReadString("curve name");
        return reader.ReadString("point")[..(1 + (2 * curve.FieldBytes))];
    }

    public static bool Verify(ReadOnlySpan<byte> point, ReadOnlySpan<byte> data, ReadOnlySpan<byte> blob, NistCurve curve)
    {
        using var ecdsa = ECDsa.Create(ParametersOf(point, curve));
        return Verify(ecdsa, data, blob, curve);
    }

    //  mpint  r
    //  mpint  s
    private static bool Verify(ECDsa ecdsa, ReadOnlySpan<byte> data, ReadOnlySpan<byte> blob, NistCurve curve)
    {
        var reader = new SshReader(blob);
        ReadOnlySpan<byte> r = reader.ReadMpint("r");
        ReadOnlySpan<byte> s = reader.ReadMpint("s");
        reader.ReadEnd("signature");
        if (reader.Failed || r.Length > curve.FieldBytes || s.Length > curve.FieldBytes)
            return false;

        Span<byte> raw = stackalloc byte[2 * curve.FieldBytes];
        raw.Clear();
        r.CopyTo(raw[(curve.FieldBytes - r.Length)..]);
        s.CopyTo(raw[((2 * curve.FieldBytes) - s.Length)..]);
        return ecdsa.VerifyData(data, raw, curve.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public static ECParameters ParametersOf(ReadOnlySpan<byte> point, NistCurve curve) => new()
    {
        Curve = curve.Curve,
        Q = new ECPoint
        {
            X = point.Slice(1, curve.FieldBytes).ToArray(),
            Y = point.Slice(1 + curve.FieldBytes, curve.FieldBytes).ToArray(),
        },
    };
}
