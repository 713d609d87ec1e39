using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Azure.KeyVault;

/// <summary>The public half of a vault's key, and how that key signs.</summary>
/// <param name="Key">The key.</param>
/// <param name="Algorithm">What the vault calls it.</param>
/// <param name="Hash">The digest that it signs.</param>
/// <param name="SignatureBytes">Length of a raw signature.</param>
/// <param name="Rate">How often it signs.</param>
internal sealed record VaultPublicKey(SshPublicKey Key, string Algorithm, HashAlgorithmName Hash, int SignatureBytes, VaultRate Rate)
{
    // Design section 5: CA keys are ECDSA or RSA of at least 3072 bits.
    private const int MinimumRsaBits = 3072;

    /// <summary>Reads a key that can sign as a CA.</summary>
    /// <param name="jwk">The key.</param>
    /// <param name="read">The same as the broker uses it.</param>
    /// <param name="fault">Why it can't: the end of a sentence that begins with the key.</param>
    public static bool TryRead(VaultKeyBundle.Jwk jwk, [NotNullWhen(true)] out VaultPublicKey? read, [NotNullWhen(false)] out string? fault)
    {
        read = null;
        fault = "may not sign: its key operations lack sign";
        if (jwk.KeyOps is not null && !jwk.KeyOps.Contains("sign")) return false;
        try
        {
            read = jwk.Kty switch
            {
                "EC" or "EC-HSM" => ReadEcdsa(jwk, jwk.Kty == "EC-HSM"),
                "RSA" or "RSA-HSM" => ReadRsa(jwk, jwk.Kty == "RSA-HSM"),
                _ => null,
            };
            fault = $"is neither ECDSA on P-256, P-384 or P-521 nor RSA of {MinimumRsaBits} bits or more";
        }
        catch (Exception malformed) when (malformed is CryptographicException or FormatException or SshFormatException or ArgumentException)
        {
            fault = "came with a public half that is none";
        }

        return read is not null;
    }

    private static VaultPublicKey? ReadEcdsa(VaultKeyBundle.Jwk jwk, bool hsm)
    {
        (ECCurve Curve, string Algorithm, HashAlgorithmName Hash, int FieldBytes)? known = jwk.Crv switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, "ES256", HashAlgorithmName.SHA256, 32),
            "P-384" => (ECCurve.NamedCurves.nistP384, "ES384", HashAlgorithmName.SHA384, 48),
            "P-521" => (ECCurve.NamedCurves.nistP521, "ES512", HashAlgorithmName.SHA512, 66),
            _ => null,
        };
        if (known is not { } curve) return null;
        using var ecdsa = ECDsa.Create(new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = Decode(jwk.X), Y = Decode(jwk.Y) } });
        return new VaultPublicKey(SshPublicKey.FromEcdsa(ecdsa), curve.Algorithm, curve.Hash, 2 * curve.FieldBytes, VaultRate.ForEcdsa(hsm));
    }

    private static VaultPublicKey? ReadRsa(VaultKeyBundle.Jwk jwk, bool hsm)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = Decode(jwk.N), Exponent = Decode(jwk.E) });
        return rsa.KeySize < MinimumRsaBits
            ? null
            : new VaultPublicKey(SshPublicKey.FromRsa(rsa), "RS512", HashAlgorithmName.SHA512, rsa.KeySize / 8, VaultRate.ForRsa(rsa.KeySize, hsm));
    }

    private static byte[] Decode(string? text) => Base64Url.DecodeFromChars(text ?? throw new FormatException());
}
