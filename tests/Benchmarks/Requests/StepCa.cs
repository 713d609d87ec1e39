using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;
using SshFunctions.Support.Processes;

namespace SshFunctions.Benchmarks.Requests;

/// <summary>step-ca, the peer: its executable is whatever <c>STEP_CA</c> names, run with the path of a ca.json.</summary>
internal sealed class StepCa(SigningIssuer issuer)
{
    private const string SignRoute = "/1.0/ssh/sign";
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(4);

    /// <summary>Null when there is none to measure.</summary>
    public static string? Program => Environment.GetEnvironmentVariable("STEP_CA") is { Length: > 0 } path ? path : null;

    /// <summary>Starts it with keys of its own, P-256 all.</summary>
    /// <param name="folder">Takes them, its configuration and its log.</param>
    /// <param name="issuer">Whose first key signs the one-time tokens.</param>
    /// <param name="database">Null for none: it then remembers used tokens in memory and nothing else; <c>badgerv2</c> is its default.</param>
    public static PinnedServer Start(TemporaryFolder folder, SigningIssuer issuer, string? database)
    {
        int port = LoopbackPort.Free();
        WriteKeys(folder);
        var configuration = new JsonObject
        {
            ["root"] = folder["root.crt"],
            ["crt"] = folder["intermediate.crt"],
            ["key"] = folder["intermediate.key"],
            ["address"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            ["dnsNames"] = new JsonArray("localhost"),
            ["ssh"] = new JsonObject { ["hostKey"] = folder["host-ca.key"], ["userKey"] = folder["user-ca.key"] },
            ["authority"] = new JsonObject
            {
                ["provisioners"] = new JsonArray(new JsonObject
                {
                    ["type"] = "JWK",
                    ["name"] = "bench",
                    ["key"] = issuer.Keys[0].Jwk,
                    ["claims"] = new JsonObject { ["enableSSHCA"] = true },
                }),
            },
        };
        if (database is not null) configuration["db"] = new JsonObject { ["type"] = database, ["dataSource"] = folder["db"] };
        return PinnedServer.Start(port, folder["step-ca.log"], [Program!, folder.Write("ca.json", configuration.ToJsonString())]);
    }

    /// <summary>Mints, each with a one-time token of its own and a key that is used again.</summary>
    public Func<int, ReadOnlyMemory<byte>?> Mints(int count)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        string publicKey = key.PublicKey.ToText().Split(' ')[1];
        return RequestKinds.Once([.. Enumerable.Range(0, count).Select(number => HttpText.Post(SignRoute, "", new JsonObject
        {
            ["publicKey"] = publicKey, ["certType"] = "user", ["keyID"] = "alice", ["principals"] = new JsonArray(RequestScene.Login), ["ott"] = TokenOf(number, now),
        }.ToJsonString()))]);
    }

    private string TokenOf(int number, long now) => issuer.Sign(new JsonObject
    {
        ["iss"] = "bench",
        ["aud"] = $"https://localhost{SignRoute}",
        ["sub"] = "alice",
        ["iat"] = now,
        ["nbf"] = now,
        ["exp"] = now + (long)TokenLife.TotalSeconds,
        ["jti"] = string.Create(CultureInfo.InvariantCulture, $"{number}-{Guid.NewGuid()}"),
        ["step"] = new JsonObject { ["ssh"] = new JsonObject { ["certType"] = "user", ["keyID"] = "alice", ["principals"] = new JsonArray(RequestScene.Login) } },
    });

    private static void WriteKeys(TemporaryFolder folder)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256), key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 root = RequestOf("root", rootKey, pathLength: 1).CreateSelfSigned(now.AddHours(-1), now.AddDays(2));
        using X509Certificate2 intermediate = RequestOf("intermediate", key, pathLength: 0).Create(root, now.AddHours(-1), now.AddDays(1), [1, 2, 3, 4]);
        folder.Write("root.crt", root.ExportCertificatePem());
        folder.Write("intermediate.crt", intermediate.ExportCertificatePem());
        folder.Write("intermediate.key", key.ExportECPrivateKeyPem());
        foreach (string name in new[] { "host-ca.key", "user-ca.key" })
        {
            using ECDsa ca = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            folder.Write(name, ca.ExportECPrivateKeyPem());
        }
    }

    private static CertificateRequest RequestOf(string name, ECDsa key, int pathLength)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, pathLength, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }
}
