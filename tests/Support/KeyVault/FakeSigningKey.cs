using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Support.KeyVault;

/// <summary>A key that signs digests, as Key Vault's do.</summary>
public sealed class FakeSigningKey
{
    private const string Koblitz = "1.3.132.0.10";

    private readonly ECDsa? _ecdsa;
    private readonly RSA? _rsa;

    private FakeSigningKey(ECDsa? ecdsa, RSA? rsa) => (_ecdsa, _rsa) = (ecdsa, rsa);

    /// <summary>An EC key on any curve.</summary>
    public static FakeSigningKey Of(ECDsa ecdsa) => new(ecdsa, null);

    /// <summary>An RSA key of any size.</summary>
    public static FakeSigningKey Of(RSA rsa) => new(null, rsa);

    /// <summary>Any key of OpenSSH; one of Ed25519 can be shown, not used.</summary>
    public static FakeSigningKey Of(SshPrivateKey key)
    {
        string file = Encoding.ASCII.GetString(OpenSshPrivateKey.Write(key, "fake"));
        string base64 = string.Concat(file.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal)));
        //  byte[15] "openssh-key-v1", string cipher, string kdf, string options, uint32 1, string public key, string private part
        var reader = new SshReader(Convert.FromBase64String(base64));
        reader.ReadBytes(15, "magic");
        for (int field = 0; field < 3; field++) reader.ReadString("header");
        reader.ReadUInt32("count");
        reader.ReadString("public key");
        //  uint32 check, uint32 check, string type, fields of the type
        var fields = new SshReader(reader.ReadString("private part"));
        reader.ThrowIfFailed();
        fields.ReadUInt64("check");
        string type = fields.ReadText("type");
        return type switch
        {
            "ssh-rsa" => new FakeSigningKey(null, ReadRsa(ref fields)),
            "ssh-ed25519" => new FakeSigningKey(null, null),
            _ => new FakeSigningKey(ReadEcdsa(ref fields), null),
        };
    }

    /// <summary>The public half.</summary>
    public JsonObject ToJwk()
    {
        if (_rsa?.ExportParameters(false) is { } rsa)
            return new JsonObject { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(rsa.Modulus), ["e"] = Base64Url.EncodeToString(rsa.Exponent) };
        if (_ecdsa is null) return new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = "AA" };
        ECParameters ec = _ecdsa.ExportParameters(false);
        string curve = ec.Curve.Oid.Value == Koblitz ? "P-256K" : $"P-{_ecdsa.KeySize}";
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = curve,
            ["x"] = Base64Url.EncodeToString(ec.Q.X),
            ["y"] = Base64Url.EncodeToString(ec.Q.Y),
        };
    }

    /// <summary>Signs a digest.</summary>
    /// <param name="algorithm">Of RFC 7518; must be this key's.</param>
    /// <param name="digest">Of the algorithm's length.</param>
    public byte[] Sign(string algorithm, byte[] digest) => (algorithm, digest.Length, _ecdsa?.KeySize) switch
    {
        ("ES256", 32, 256) or ("ES384", 48, 384) or ("ES512", 64, 521) => _ecdsa!.SignHash(digest),
        ("RS512", 64, null) => _rsa!.SignHash(digest, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        _ => throw new InvalidOperationException($"the vault has no {algorithm} of {digest.Length} bytes with this key"),
    };

    private static ECDsa ReadEcdsa(ref SshReader fields)
    {
        (ECCurve curve, int bytes) = fields.ReadText("curve") switch
        {
            "nistp256" => (ECCurve.NamedCurves.nistP256, 32),
            "nistp384" => (ECCurve.NamedCurves.nistP384, 48),
            _ => (ECCurve.NamedCurves.nistP521, 66),
        };
        byte[] point = fields.ReadString("point").ToArray();
        return ECDsa.Create(new ECParameters
        {
            Curve = curve,
            Q = new ECPoint { X = point[1..(bytes + 1)], Y = point[(bytes + 1)..] },
            D = Padded(fields.ReadMpint("d"), bytes),
        });
    }

    private static RSA ReadRsa(ref SshReader fields)
    {
        byte[] n = fields.ReadMpint("n").ToArray();
        byte[] e = fields.ReadMpint("e").ToArray();
        byte[] d = fields.ReadMpint("d").ToArray();
        byte[] inverse = fields.ReadMpint("iqmp").ToArray();
        byte[] p = fields.ReadMpint("p").ToArray();
        byte[] q = fields.ReadMpint("q").ToArray();
        int half = n.Length / 2;
        return RSA.Create(new RSAParameters
        {
            Modulus = n,
            Exponent = e,
            D = Padded(d, n.Length),
            P = Padded(p, half),
            Q = Padded(q, half),
            InverseQ = Padded(inverse, half),
            DP = Padded(Reduced(d, p), half),
            DQ = Padded(Reduced(d, q), half),
        });
    }

    private static byte[] Reduced(byte[] d, byte[] prime) =>
        (new BigInteger(d, isUnsigned: true, isBigEndian: true) % (new BigInteger(prime, isUnsigned: true, isBigEndian: true) - 1))
        .ToByteArray(isUnsigned: true, isBigEndian: true);

    private static byte[] Padded(ReadOnlySpan<byte> number, int length)
    {
        byte[] padded = new byte[length];
        number.CopyTo(padded.AsSpan(length - number.Length));
        return padded;
    }
}
