using System.Collections.Immutable;
using System.Text;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Tests.Fuzzing;

/// <summary>What is right and the same in every run: the golden files, and what follows from a fixed key.</summary>
internal static class Corpus
{
    public const string Namespace = "checkpoint@sshfn";

    public static readonly string[] CertificateFiles =
    [
        "by-ecdsa256-cert.pub", "by-ecdsa384-cert.pub", "by-ecdsa521-cert.pub", "by-ed25519-cert.pub", "by-rsa3072-cert.pub",
        "host-ecdsa256-cert.pub", "host-ecdsa384-cert.pub", "host-ecdsa521-cert.pub", "host-rsa3072-cert.pub",
    ];

    public static readonly string[] RevocationFiles =
        ["krl-any-ca", "krl-bitmap", "krl-empty", "krl-key-ids", "krl-keys", "krl-list", "krl-range", "krl-sha1", "krl-sha256"];

    public static readonly string[] SignatureFiles =
        ["message-ecdsa256.sig", "message-ecdsa384.sig", "message-ecdsa521.sig", "message-ed25519.sig", "message-rsa3072.sig", "message-sha256.sig"];

    public static readonly string[] PrivateKeyFiles =
        ["ecdsa256", "ecdsa384", "ecdsa521", "ed25519", "ed25519-encrypted", "rsa2048", "rsa3072", "rsa3072-encrypted", "pem-pkcs1", "pem-pkcs8", "pem-pkcs8-encrypted", "pem-sec1"];

    public static SshPublicKey[] Keys => [.. Samples.SubjectKeyTypes.Select(Samples.PublicKey)];

    public static byte[][] KeyWires => [.. Keys.Select(key => key.Wire.ToArray())];

    /// <summary>Golden certificates, and small ones of every subject: an Ed25519 signature is the same every time.</summary>
    public static byte[][] CertificateWires
    {
        get
        {
            using SshPrivateKey ca = OpenSshPrivateKey.Parse(Vector.Bytes("ed25519"));
            return
            [
                .. CertificateFiles.Select(name => SshCertificate.Parse(Vector.Line(name)).Wire.ToArray()),
                .. Keys.Select(key => Samples.Certificate(ca, Samples.Content(key) with { Nonce = new byte[CertificateContent.NonceBytes] }).Wire.ToArray()),
                Samples.Certificate(ca, Many with { Nonce = new byte[CertificateContent.NonceBytes] }).Wire.ToArray(),
            ];
        }
    }

    public static byte[][] RevocationLists => [.. RevocationFiles.Select(Vector.Bytes), Mixed()];

    public static byte[][] SignatureWires => [.. SignatureFiles.Select(name => Unarmored(name))];

    public static byte[][] PrivateKeyWires(params string[] names) => [.. names.Select(name => Unarmored(name))];

    public static string[] Lines => [.. Keys.Select(key => key.ToText() + " alice@example.com"), .. CertificateFiles.Select(Vector.Line)];

    /// <summary>The line that would hold a wire form: its first string says of what type it is.</summary>
    public static string LineOf(ReadOnlySpan<byte> wire)
    {
        var reader = new SshReader(wire);
        ReadOnlySpan<byte> type = reader.ReadString("type");
        return $"{(type.Length is > 0 and < 64 ? Encoding.Latin1.GetString(type) : "ssh-ed25519")} {Convert.ToBase64String(wire)} somebody";
    }

    /// <summary>The text around base64, its lines in one.</summary>
    public static byte[] ArmorOf(string label, ReadOnlySpan<byte> wire) =>
        Encoding.ASCII.GetBytes($"-----BEGIN {label}-----\n{Convert.ToBase64String(wire)}\n-----END {label}-----\n");

    private static byte[] Unarmored(string name) => Convert.FromBase64String(string.Concat(Vector.Line(name).Split('\n')[1..^1]));

    private static CertificateContent Many => Samples.Content() with
    {
        ValidPrincipals = [.. Enumerable.Range(0, 20).Select(number => $"p{number}")],
        Extensions = ImmutableArray<CertificateOption>.Empty,
        ValidBefore = CertificateContent.Forever,
    };

    private static byte[] Mixed()
    {
        var builder = new RevocationListBuilder();
        SshPublicKey[] keys = Keys;
        builder.AddSerials(keys[1], Enumerable.Range(1, 40).Select(serial => (ulong)serial * 3));
        builder.AddSerials(keys[1], 1000, ulong.MaxValue);
        builder.AddSerials(null, [7, 70_000, 7_000_000_000]);
        builder.AddKeyId(keys[4], "alice for web");
        builder.AddKeyId(null, "é");
        builder.AddKey(keys[4]);
        builder.AddFingerprint(keys[0].Fingerprint);
        return builder.Build(9, DateTimeOffset.UnixEpoch.AddDays(20_000), "a list");
    }
}
