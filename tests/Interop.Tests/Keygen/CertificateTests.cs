using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;

namespace SshFunctions.Interop.Tests.Keygen;

public sealed class CertificateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string subject in Keys.SubjectTypes)
            {
                foreach (string ca in Keys.CaTypes)
                    pairs.Add(subject, ca);
            }

            return pairs;
        }
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Pairs))]
    public async Task Prints_what_was_written(string subject, string ca)
    {
        using var folder = new TemporaryFolder();
        SshPublicKey key = Keys.Subject(subject);
        SshCertificate certificate = Sign(ca, new CertificateContent
        {
            SubjectKey = key,
            Serial = 18446744073709551615,
            Type = CertificateType.User,
            KeyId = "alice@example.com for acme/production/web",
            ValidPrincipals = ["alice", "deploy@acme/production/web"],
            ValidAfter = Start,
            ValidBefore = Start.AddMinutes(5),
            CriticalOptions = CertificateOption.Sorted(
                CertificateOption.ForceCommand("echo \"hi\""),
                CertificateOption.SourceAddress([System.Net.IPNetwork.Parse("10.0.0.0/8"), System.Net.IPNetwork.Parse("2001:db8::/32")])),
            Extensions = CertificateOption.Sorted(CertificateOption.PermitPty, CertificateOption.PermitX11Forwarding),
        });

        string[] lines = await PrintAsync(folder, certificate);
        Assert.Equal(
            [
                "Key ID: \"alice@example.com for acme/production/web\"",
                "Serial: 18446744073709551615",
                "Valid: from 2026-01-02T03:04:05 to 2026-01-02T03:09:05",
                "Principals:",
                "alice",
                "deploy@acme/production/web",
                "Critical Options:",
                "force-command echo \"hi\"",
                "source-address 10.0.0.0/8,2001:db8::/32",
                "Extensions:",
                "permit-X11-forwarding",
                "permit-pty",
            ],
            lines[3..]);
        Assert.Equal($"Type: {certificate.CertificateKeyType} user certificate", lines[0]);
        Assert.EndsWith(key.Fingerprint.ToString(), lines[1], StringComparison.Ordinal);
        Assert.EndsWith($"{certificate.CaKey.Fingerprint} (using {certificate.Signature.Algorithm})", lines[2], StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Prints_a_host_certificate_that_never_ends()
    {
        using var folder = new TemporaryFolder();
        SshCertificate certificate = Sign("ecdsa256", new CertificateContent
        {
            SubjectKey = Keys.Subject("ed25519"),
            Serial = 1,
            Type = CertificateType.Host,
            KeyId = "web",
            ValidPrincipals = ["web.example.com"],
            ValidAfter = DateTimeOffset.UnixEpoch,
            ValidBefore = CertificateContent.Forever,
        });
        string[] lines = await PrintAsync(folder, certificate);
        Assert.EndsWith("host certificate", lines[0], StringComparison.Ordinal);
        Assert.Contains("Valid: forever", lines);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("ecdsa256")]
    [InlineData("rsa3072")]
    [InlineData("ed25519")]
    public async Task Signs_with_a_key_file_that_was_written_and_the_result_is_read(string type)
    {
        using var folder = new TemporaryFolder();
        folder.Write("ca", OpenSshPrivateKey.Write(Keys.Ca(type), "ca"));
        folder.Write("user.pub", Keys.Subject("ecdsa384").ToText());
        (await SshKeygen.RunAsync(
            folder, "-q", "-s", "ca", "-I", "id", "-z", "77", "-n", "alice", "-V", "20260102030405:20260102030905", "user.pub")).Expect(0);

        SshCertificate certificate = SshCertificate.Parse((await File.ReadAllTextAsync(folder["user-cert.pub"])).TrimEnd());
        Assert.True(certificate.VerifySignature());
        Assert.Equal(Keys.Ca(type).PublicKey, certificate.CaKey);
        Assert.Equal(77u, certificate.Content.Serial);
        Assert.Equal(Start, certificate.Content.ValidAfter);
        Assert.Equal(5, certificate.Content.Extensions.Length);
    }

    private static SshCertificate Sign(string ca, CertificateContent content)
    {
        byte[] toBeSigned = content.ToBeSigned(Keys.Ca(ca).PublicKey);
        return SshCertificate.Assemble(toBeSigned, Keys.Ca(ca).Sign(toBeSigned));
    }

    // The first line names the file.
    private static async Task<string[]> PrintAsync(TemporaryFolder folder, SshCertificate certificate)
    {
        folder.Write("u-cert.pub", certificate.ToText("comment") + "\n");
        ProcessRun run = (await SshKeygen.RunAsync(folder, "-L", "-f", "u-cert.pub")).Expect(0);
        return run.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[1..];
    }
}
