using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>A private key in one of the forms that people send by mistake, and what would be left of it.</summary>
public sealed class PrivateKeySample
{
    private const int TraceLength = 12;

    private readonly string _text;
    private readonly string[] _secrets;

    private PrivateKeySample(string text, params string[] secrets)
    {
        _text = text;
        _secrets = secrets;
    }

    public static IReadOnlyDictionary<string, PrivateKeySample> All { get; } = Make();

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>The key in every text field of every request.</summary>
    public IEnumerable<(HttpMethod Method, string Path, string Field, string Body)> Requests()
    {
        string key = JsonSerializer.Serialize(_text);
        string good = $"\"{BadInput.PublicKey}\"";
        const string Other = "/api/projects/acme/environments/production/resources/other";
        const string Hosts = """ "hosts":[{"name":"b"}] """;
        return
        [
            (HttpMethod.Post, Routes.Keys, "publicKey", $$"""{"name":"a","publicKey":{{key}}}"""),
            (HttpMethod.Post, Routes.Keys, "name", $$"""{"name":{{key}},"publicKey":{{good}}}"""),
            (HttpMethod.Post, Routes.Keys, "owner", $$"""{"name":"a","publicKey":{{good}},"owner":{{key}}}"""),
            (HttpMethod.Post, Routes.UserCertificates, "publicKey", $$"""{"publicKey":{{key}},"resource":"acme/production/web","login":"deploy"}"""),
            (HttpMethod.Post, Routes.UserCertificates, "resource", $$"""{"publicKey":{{good}},"resource":{{key}},"login":"deploy"}"""),
            (HttpMethod.Post, Routes.UserCertificates, "login", $$"""{"publicKey":{{good}},"resource":"acme/production/web","login":{{key}}}"""),
            (HttpMethod.Post, Routes.UserCertificates, "destination.host", $$"""{"publicKey":{{good}},"destination":{"host":{{key}},"port":22,"login":"deploy"} }"""),
            (HttpMethod.Post, Routes.UserCertificates, "destination.login", $$"""{"publicKey":{{good}},"destination":{"host":"web.example.com","port":22,"login":{{key}} } }"""),
            (HttpMethod.Put, "/api/projects/other", "description", $$"""{"description":{{key}}}"""),
            (HttpMethod.Put, "/api/projects/other", "sshSwitch", $$"""{"sshSwitch":{{key}}}"""),
            (HttpMethod.Put, "/api/projects/acme/environments/other", "description", $$"""{"description":{{key}}}"""),
            (HttpMethod.Put, Other, "description", $$"""{{{Hosts}},"logins":["deploy"],"description":{{key}}}"""),
            (HttpMethod.Put, Other, "profile", $$"""{{{Hosts}},"logins":["deploy"],"profile":{{key}}}"""),
            (HttpMethod.Put, Other, "logins[0]", $$"""{{{Hosts}},"logins":[{{key}}]}"""),
            (HttpMethod.Put, Other, "hosts[0].name", $$"""{"hosts":[{"name":{{key}}}],"logins":["deploy"]}"""),
            (HttpMethod.Put, "/api/grants/other", "path", $$"""{"path":{{key}},"role":"developer","subject":"a"}"""),
            (HttpMethod.Put, "/api/grants/other", "role", $$"""{"path":"/","role":{{key}},"subject":"a"}"""),
            (HttpMethod.Put, "/api/grants/other", "subject", $$"""{"path":"/","role":"developer","subject":{{key}}}"""),
            (HttpMethod.Put, "/api/grants/other", "group", $$"""{"path":"/","role":"developer","group":{{key}}}"""),
            (HttpMethod.Put, "/api/grants/other", "logins[0]", $$"""{"path":"/","role":"developer","subject":"a","logins":[{{key}}]}"""),
            (HttpMethod.Put, "/api/grants/other", "sourceAddresses[0]", $$"""{"path":"/","role":"developer","subject":"a","sourceAddresses":[{{key}}]}"""),
            (HttpMethod.Put, "/api/grants/other", "permissions", $$"""{"path":"/","role":"developer","subject":"a","permissions":[{{key}}]}"""),
            (HttpMethod.Post, Routes.Revocations, "reason", $$"""{"reason":{{key}},"subject":"alice"}"""),
            (HttpMethod.Post, Routes.Revocations, "key", $$"""{"reason":"r","key":{{key}}}"""),
            (HttpMethod.Post, Routes.Revocations, "certificate", $$"""{"reason":"r","certificate":{{key}}}"""),
            (HttpMethod.Post, Routes.Revocations, "subject", $$"""{"reason":"r","subject":{{key}}}"""),
            (HttpMethod.Post, Routes.Revocations, "grant", $$"""{"reason":"r","grant":{{key}}}"""),
            (HttpMethod.Post, Routes.Tokens, "name", $$"""{"name":{{key}},"subject":"b"}"""),
            (HttpMethod.Post, Routes.Tokens, "kind", $$"""{"name":"a","kind":{{key}}}"""),
            (HttpMethod.Post, Routes.Tokens, "subject", $$"""{"name":"a","subject":{{key}}}"""),
            (HttpMethod.Post, Routes.Tokens, "groups[0]", $$"""{"name":"a","groups":[{{key}}]}"""),
        ];
    }

    /// <summary>Pieces of the secret that stand in the bytes, in any of the forms it could have been written in.</summary>
    public IEnumerable<string> TracesIn(byte[] bytes) =>
        _secrets.Where(secret => bytes.AsSpan().IndexOf(Encoding.Latin1.GetBytes(secret)) >= 0);

    private static Dictionary<string, PrivateKeySample> Make()
    {
        using RSA rsa = RSA.Create(2048);
        using ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using SshPrivateKey ed25519 = SshPrivateKey.GenerateEd25519();
        byte[] openSsh = OpenSshPrivateKey.Write(ed25519, "alice");
        return new Dictionary<string, PrivateKeySample>
        {
            ["OpenSSH"] = OfPem(Encoding.ASCII.GetString(openSsh), 0.5),
            ["OpenSSH on one line"] = OfPem(Encoding.ASCII.GetString(openSsh).ReplaceLineEndings(" "), 0.5),
            ["PKCS#1"] = OfPem(rsa.ExportRSAPrivateKeyPem(), 0.5),
            ["PKCS#8"] = OfPem(ecdsa.ExportPkcs8PrivateKeyPem(), 0.25),
            ["SEC 1"] = OfPem(ecdsa.ExportECPrivateKeyPem(), 0.05),
            ["PKCS#8, encrypted"] = OfPem(
                ecdsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)), 0.5),
            ["PuTTY"] = new PrivateKeySample(
                $"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: alice\nPublic-Lines: 1\n{BadInput.PublicKey.Split(' ')[1]}\nPrivate-Lines: 1\nAAAAIJ6tY2jFvQ0wZk3nXo8yUuEoTqkq6s0\nPrivate-MAC: 00\n",
                "J6tY2jFvQ0wZ", "k3nXo8yUuEoT"),
        };
    }

    // What lies behind the given share of the body is secret: every whole piece of it, as text and decoded.
    private static PrivateKeySample OfPem(string pem, double secretFrom)
    {
        string body = string.Concat(pem.Split('\n', ' ').Where(line => line.Length > 20 || line.EndsWith('=')).Where(line => !line.Contains('-', StringComparison.Ordinal)));
        var pieces = new List<string>();
        for (int at = (int)(body.Length * secretFrom) / 4 * 4; at + TraceLength <= body.TrimEnd('=').Length; at += TraceLength)
        {
            string piece = body.Substring(at, TraceLength);
            pieces.Add(piece);
            pieces.Add(Encoding.Latin1.GetString(Convert.FromBase64String(piece)));
        }

        return pieces.Count > 0 ? new PrivateKeySample(pem, [.. pieces]) : throw new InvalidOperationException("no secret in the sample");
    }
}
