using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys.Algorithms;

/// <summary>ECDSA P-256 in a FIDO device. Source: PROTOCOL.u2f, "sk-ecdsa-sha2-nistp256@openssh.com".</summary>
internal sealed class SecurityKeyEcdsaAlgorithm() : SecurityKeyAlgorithm("sk-ecdsa-sha2-nistp256@openssh.com")
{
    public override string? FindFault(ReadOnlySpan<byte> fields) =>
        NistCurve.P256.Contains(EcdsaAlgorithm.PointOf(fields, NistCurve.P256)) ? null : "has a point that is not on the curve nistp256";

    //  string  curve name
    //  string  Q: 0x04, x, y
    protected override void ReadInnerFields(ref SshReader reader) => EcdsaAlgorithm.ReadPoint(ref reader, NistCurve.P256, out _);

    protected override bool VerifyInner(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> blob) =>
        EcdsaAlgorithm.Verify(EcdsaAlgorithm.PointOf(fields, NistCurve.P256), signed, blob, NistCurve.P256);
}
