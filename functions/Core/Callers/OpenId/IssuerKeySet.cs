using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>The public keys of an issuer, as its JSON Web Key Set has them.</summary>
/// <remarks>
/// Keys that can't sign tokens here are passed over, as RFC 7517, section 5, asks: another <c>use</c> than <c>sig</c>, another kind, a
/// curve or an algorithm outside <see cref="SignatureAlgorithm"/>, RSA below <see cref="MinimumRsaBits"/>, no <c>kid</c>, no key at all.
/// Thread safe.
/// </remarks>
public sealed class IssuerKeySet
{
    /// <summary>Smallest RSA key. Source: RFC 7518, section 3.3.</summary>
    public const int MinimumRsaBits = 2048;

    /// <summary>Largest RSA key: one of 16384 bits would make each token cost milliseconds.</summary>
    public const int MaximumRsaBits = 8192;

    // Google and Entra publish fewer than ten.
    private const int MaximumCount = 100;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };
    private readonly ImmutableArray<VerificationKey> _keys;

    private IssuerKeySet(ImmutableArray<VerificationKey> keys) => _keys = keys;

    /// <summary>How many keys are of use.</summary>
    public int Count => _keys.Length;

    /// <summary>Reads a key set.</summary>
    /// <param name="utf8">The document.</param>
    /// <returns>The keys of use; <see cref="Refusal.Invalid"/> when it is no key set, or holds none of use.</returns>
    public static Result<IssuerKeySet> Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("keys", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
                return new Refusal.Invalid(null, "the key set has no list of keys");
            ImmutableArray<VerificationKey> keys = [.. list.EnumerateArray().Take(MaximumCount).Select(Read).OfType<VerificationKey>()];
            return keys.IsEmpty ? new Refusal.Invalid(null, "the key set holds no key that can sign tokens here") : new IssuerKeySet(keys);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is JSON and no Unicode.
            return new Refusal.Invalid(null, "the key set is not JSON");
        }
    }

    /// <summary>Whether a key of that identifier is there.</summary>
    /// <param name="keyId">A token's <c>kid</c>.</param>
    /// <returns>Whether there is one of use.</returns>
    public bool Contains(string keyId) => _keys.Any(key => key.Id == keyId);

    internal bool TryFind(string keyId, SignatureAlgorithm algorithm, [NotNullWhen(true)] out VerificationKey? key)
    {
        foreach (VerificationKey candidate in _keys)
        {
            if (candidate.Id != keyId || !candidate.Fits(algorithm)) continue;
            key = candidate;
            return true;
        }

        key = null;
        return false;
    }

    private static VerificationKey? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || Text(jwk, "kid") is not { Length: > 0 } id || !IsForSignatures(jwk)) return null;
        string? algorithm = Text(jwk, "alg");
        if (algorithm is not null && SignatureAlgorithm.Find(algorithm) is null) return null;
        try
        {
            return Text(jwk, "kty") switch
            {
                "RSA" => ReadRsa(jwk, id, algorithm),
                "EC" => ReadEcdsa(jwk, id, algorithm),
                _ => null,
            };
        }
        catch (CryptographicException)
        {
            return null; // Numbers that are no key, such as a point beside the curve.
        }
    }

    // The list of operations may be there beside the use, or instead of it.
    private static bool IsForSignatures(JsonElement jwk) =>
        (!jwk.TryGetProperty("use", out _) || Text(jwk, "use") == "sig")
        && (!jwk.TryGetProperty("key_ops", out JsonElement operations) || (operations.ValueKind == JsonValueKind.Array
            && operations.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals("verify"))));

    private static VerificationKey? ReadRsa(JsonElement jwk, string id, string? algorithm)
    {
        if (Bytes(jwk, "n") is not { } modulus || Bytes(jwk, "e") is not { } exponent) return null;
        var parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
        var key = new VerificationKey(id, algorithm, null, () => RSA.Create(parameters));
        return key.KeySize is >= MinimumRsaBits and <= MaximumRsaBits ? key : null;
    }

    private static VerificationKey? ReadEcdsa(JsonElement jwk, string id, string? algorithm)
    {
        (ECCurve Curve, int Bytes)? known = Text(jwk, "crv") switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, 32),
            "P-384" => (ECCurve.NamedCurves.nistP384, 48),
            "P-521" => (ECCurve.NamedCurves.nistP521, 66),
            _ => null,
        };
        // Source: RFC 7518, section 6.2.1.2: coordinates have the full length of the curve.
        if (known is not { } curve || Bytes(jwk, "x") is not { } x || Bytes(jwk, "y") is not { } y
            || x.Length != curve.Bytes || y.Length != curve.Bytes) return null;
        var parameters = new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = x, Y = y } };
        return new VerificationKey(id, algorithm, Text(jwk, "crv"), () => ECDsa.Create(parameters));
    }

    private static string? Text(JsonElement jwk, string member) =>
        jwk.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement jwk, string member) => Text(jwk, member) is { } text ? CompactText.Decode(text) : null;
}
