using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>One public key of an issuer.</summary>
/// <remarks>
/// Thread safe: an <see cref="AsymmetricAlgorithm"/> is not, so each verification borrows one of a few. They are never disposed by hand,
/// since a replaced key set may still be in use; their handles are safe handles.
/// </remarks>
internal sealed class VerificationKey
{
    private readonly Func<AsymmetricAlgorithm> _make;
    private readonly ConcurrentBag<AsymmetricAlgorithm> _idle = [];

    /// <param name="id">Its <c>kid</c>.</param>
    /// <param name="algorithm">Its <c>alg</c>; null when it has none.</param>
    /// <param name="curve">Its <c>crv</c>; null for RSA.</param>
    /// <param name="make">Imports the key.</param>
    /// <exception cref="CryptographicException">It is no key.</exception>
    public VerificationKey(string id, string? algorithm, string? curve, Func<AsymmetricAlgorithm> make)
    {
        Id = id;
        Algorithm = algorithm;
        Curve = curve;
        _make = make;
        AsymmetricAlgorithm first = make();
        KeySize = first.KeySize;
        _idle.Add(first);
    }

    public string Id { get; }

    public string? Algorithm { get; }

    public string? Curve { get; }

    /// <summary>Bits.</summary>
    public int KeySize { get; }

    /// <summary>Whether kind and curve are those of the algorithm, and the issuer made the key for no other.</summary>
    public bool Fits(SignatureAlgorithm algorithm) => Curve == algorithm.Curve && (Algorithm is null || Algorithm == algorithm.Name);

    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (!Fits(algorithm) || (algorithm.SignatureBytes != 0 && signature.Length != algorithm.SignatureBytes)) return false;
        if (!_idle.TryTake(out AsymmetricAlgorithm? borrowed)) borrowed = _make();
        bool valid = borrowed switch
        {
            RSA rsa => rsa.VerifyData(data, signature, algorithm.Hash, algorithm.Padding!),
            ECDsa ecdsa => ecdsa.VerifyData(data, signature, algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            _ => throw new InvalidOperationException($"a key is a {borrowed.GetType().Name}"),
        };
        _idle.Add(borrowed);
        return valid;
    }
}
