using SshFunctions.Ssh.Signatures;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys.Algorithms;

/// <summary>What differs between key types: their fields on the wire, and how a signature is checked.</summary>
/// <remarks>A key on the wire is <c>string name</c> and then the fields; a certificate holds the same fields after its nonce.</remarks>
internal abstract class KeyAlgorithm
{
    private static readonly KeyAlgorithm[] All =
    [
        new Ed25519Algorithm(),
        new EcdsaAlgorithm(NistCurve.P256),
        new EcdsaAlgorithm(NistCurve.P384),
        new EcdsaAlgorithm(NistCurve.P521),
        new RsaAlgorithm(),
        new SecurityKeyEd25519Algorithm(),
        new SecurityKeyEcdsaAlgorithm(),
    ];

    protected KeyAlgorithm(string name)
    {
        Name = name;
        CertificateName = (name.EndsWith("@openssh.com", StringComparison.Ordinal) ? name[..^"@openssh.com".Length] : name)
            + "-cert-v01@openssh.com";
    }

    public string Name { get; }

    public string CertificateName { get; }

    public static string Names => string.Join(", ", All.Select(algorithm => algorithm.Name));

    public static KeyAlgorithm? Find(ReadOnlySpan<char> name)
    {
        foreach (KeyAlgorithm algorithm in All)
        {
            if (name.SequenceEqual(algorithm.Name))
                return algorithm;
        }

        return null;
    }

    public static KeyAlgorithm? FindCertificate(ReadOnlySpan<char> name)
    {
        foreach (KeyAlgorithm algorithm in All)
        {
            if (name.SequenceEqual(algorithm.CertificateName))
                return algorithm;
        }

        return null;
    }

    /// <summary>Reads the fields and checks all that is cheap; fails the reader otherwise.</summary>
    public abstract void ReadFields(ref SshReader reader);

    /// <summary>Checks what costs microseconds: that a point lies on its curve. Called for keys from outside.</summary>
    /// <returns>What is wrong, a clause; null when all is well.</returns>
    public virtual string? FindFault(ReadOnlySpan<byte> fields) => null;

    /// <summary>Whether the signature is this key's over the data. Malformed signatures are simply not valid.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> data, SshSignature signature);

    /// <summary>A check by one key that is asked for again and again; thread safe.</summary>
    public virtual Func<ReadOnlySpan<byte>, SshSignature, bool> Prepare(ReadOnlyMemory<byte> fields) =>
        (data, signature) => Verify(fields.Span, data, signature);

    /// <summary>Encodes what a signing primitive gave.</summary>
    public abstract SshSignature EncodeSignature(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> raw);
}
