using System.Collections.Immutable;
using System.Security.Cryptography;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>A signature algorithm that a token may be pinned to.</summary>
/// <remarks>
/// A closed table. <c>none</c> and the HS family are not in it, so no configuration and no token can name them: a public key is never
/// taken for a shared secret. Source: RFC 7518, section 3.1.
/// </remarks>
public sealed class SignatureAlgorithm
{
    private SignatureAlgorithm(string name, HashAlgorithmName hash, RSASignaturePadding? padding, string? curve, int signatureBytes)
    {
        Name = name;
        Hash = hash;
        Padding = padding;
        Curve = curve;
        SignatureBytes = signatureBytes;
    }

    /// <summary>Every algorithm.</summary>
    public static ImmutableArray<SignatureAlgorithm> All { get; } =
    [
        Rsa("RS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        Rsa("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        Rsa("RS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        Rsa("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        Rsa("PS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
        Rsa("PS512", HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
        Ecdsa("ES256", HashAlgorithmName.SHA256, "P-256", 64),
        Ecdsa("ES384", HashAlgorithmName.SHA384, "P-384", 96),
        Ecdsa("ES512", HashAlgorithmName.SHA512, "P-521", 132),
    ];

    /// <summary>Its <c>alg</c>.</summary>
    public string Name { get; }

    internal HashAlgorithmName Hash { get; }

    /// <summary>Null for ECDSA.</summary>
    internal RSASignaturePadding? Padding { get; }

    /// <summary>The one <c>crv</c> whose keys fit; null for RSA.</summary>
    internal string? Curve { get; }

    /// <summary>Length of <c>r || s</c>; 0 for RSA, where the key decides.</summary>
    internal int SignatureBytes { get; }

    /// <summary>Looks an algorithm up.</summary>
    /// <param name="name">Its <c>alg</c>, ordinal.</param>
    /// <returns>The algorithm; null when it is none of the table.</returns>
    public static SignatureAlgorithm? Find(string name) => All.FirstOrDefault(algorithm => algorithm.Name == name);

    /// <summary>Its <c>alg</c>.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    private static SignatureAlgorithm Rsa(string name, HashAlgorithmName hash, RSASignaturePadding padding) => new(name, hash, padding, null, 0);

    private static SignatureAlgorithm Ecdsa(string name, HashAlgorithmName hash, string curve, int signatureBytes) =>
        new(name, hash, null, curve, signatureBytes);
}
