using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace SshFunctions.Ssh.Keys.Algorithms;

/// <summary>A NIST prime curve: y² = x³ − 3x + b over the integers modulo a prime, cofactor 1.</summary>
/// <remarks>Source: SEC 2 version 2, sections 2.4.2, 2.5.1 and 2.6.1; names from RFC 5656 section 10.1.</remarks>
internal sealed class NistCurve
{
    public static readonly NistCurve P256 = new(
        "nistp256",
        32,
        () => ECCurve.NamedCurves.nistP256,
        HashAlgorithmName.SHA256,
        "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    public static readonly NistCurve P384 = new(
        "nistp384",
        48,
        () => ECCurve.NamedCurves.nistP384,
        HashAlgorithmName.SHA384,
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
        "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef");

    public static readonly NistCurve P521 = new(
        "nistp521",
        66,
        () => ECCurve.NamedCurves.nistP521,
        HashAlgorithmName.SHA512,
        "1ff" + new string('f', 128),
        "51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00");

    private readonly Func<ECCurve> _curve;
    private readonly string _primeHex;
    private readonly string _bHex;

    private NistCurve(string name, int fieldBytes, Func<ECCurve> curve, HashAlgorithmName hash, string primeHex, string bHex)
    {
        Name = name;
        FieldBytes = fieldBytes;
        _curve = curve;
        Hash = hash;
        _primeHex = primeHex;
        _bHex = bHex;
    }

    /// <summary>The curve's name on the wire.</summary>
    public string Name { get; }

    /// <summary>Size of a coordinate, and of r and s.</summary>
    public int FieldBytes { get; }

    /// <summary>The curve for the platform's implementation.</summary>
    public ECCurve Curve => _curve();

    /// <summary>The hash that goes with it: RFC 5656 section 6.2.1.</summary>
    public HashAlgorithmName Hash { get; }

    public static NistCurve? BySize(int bits) => bits switch { 256 => P256, 384 => P384, 521 => P521, _ => null };

    /// <summary>Whether an uncompressed point (0x04, x, y) is on the curve. Plain arithmetic, so that reading a certificate need
    /// not load the platform's crypto library; the point is public, so timing does not matter.</summary>
    public bool Contains(ReadOnlySpan<byte> point)
    {
        BigInteger prime = FromHex(_primeHex);
        var x = new BigInteger(point.Slice(1, FieldBytes), isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(point.Slice(1 + FieldBytes, FieldBytes), isUnsigned: true, isBigEndian: true);
        if (x >= prime || y >= prime)
            return false;

        BigInteger right = (x * x * x) - (3 * x) + FromHex(_bHex);
        return ((y * y) - right) % prime == BigInteger.Zero;
    }

    private static BigInteger FromHex(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
