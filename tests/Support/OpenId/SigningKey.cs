using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SshFunctions.Support.OpenId;

/// <summary>A private key that signs any token a test writes, right or wrong.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly AsymmetricAlgorithm _key;

    private SigningKey(string id, string algorithm, AsymmetricAlgorithm key)
    {
        Id = id;
        Algorithm = algorithm;
        _key = key;
    }

    /// <summary>Its <c>kid</c>.</summary>
    public string Id { get; }

    /// <summary>What it signs with, unless a header says otherwise.</summary>
    public string Algorithm { get; }

    /// <summary>Its public half as a JSON web key, with <c>use</c> and <c>alg</c>; a new object each time.</summary>
    public JsonObject Jwk
    {
        get
        {
            var jwk = new JsonObject { ["kid"] = Id, ["use"] = "sig", ["alg"] = Algorithm };
            if (_key is RSA rsa)
            {
                RSAParameters numbers = rsa.ExportParameters(false);
                jwk["kty"] = "RSA";
                jwk["n"] = Encode(numbers.Modulus!);
                jwk["e"] = Encode(numbers.Exponent!);
            }
            else
            {
                ECParameters point = ((ECDsa)_key).ExportParameters(false);
                jwk["kty"] = "EC";
                jwk["crv"] = $"P-{_key.KeySize}";
                jwk["x"] = Encode(point.Q.X!);
                jwk["y"] = Encode(point.Q.Y!);
            }

            return jwk;
        }
    }

    /// <summary>The public half as PEM, which an attacker has too.</summary>
    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Makes a key.</summary>
    /// <param name="algorithm">One of RS, PS, ES with 256, 384, 512.</param>
    /// <param name="id">Its <c>kid</c>.</param>
    /// <param name="rsaBits">Size, where it is an RSA key.</param>
    public static SigningKey Make(string algorithm, string id = "key-1", int rsaBits = 2048) => new(id, algorithm, algorithm switch
    {
        "ES256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        "ES384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        "ES512" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
        _ => RSA.Create(rsaBits),
    });

    /// <summary>Signs a token.</summary>
    /// <param name="claims">The payload.</param>
    /// <param name="header">Members of the header that differ from the usual ones; null takes one away.</param>
    public string Sign(JsonObject claims, JsonObject? header = null)
    {
        var head = new JsonObject { ["alg"] = Algorithm, ["typ"] = "JWT", ["kid"] = Id };
        foreach ((string name, JsonNode? value) in header ?? [])
        {
            if (value is null) head.Remove(name);
            else head[name] = value.DeepClone();
        }

        return SignText(head.ToJsonString(), claims.ToJsonString());
    }

    /// <summary>Signs two texts as they are, with this key's own algorithm.</summary>
    /// <param name="header">JSON, or not.</param>
    /// <param name="payload">JSON, or not.</param>
    public string SignText(string header, string payload)
    {
        string text = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Encode(Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>Bytes as a token has them.</summary>
    public static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private byte[] Sign(byte[] data)
    {
        HashAlgorithmName hash = Algorithm[2..] switch
        {
            "256" => HashAlgorithmName.SHA256,
            "384" => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
        return _key switch
        {
            RSA rsa => rsa.SignData(data, hash, Algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
            _ => ((ECDsa)_key).SignData(data, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        };
    }
}
