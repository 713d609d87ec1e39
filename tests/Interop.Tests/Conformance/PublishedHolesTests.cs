using SshFunctions.Interop.Tests.Keygen;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Files;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;
using RealKeygen = SshFunctions.Interop.Tests.Keygen.SshKeygen;

namespace SshFunctions.Interop.Tests.Conformance;

/// <summary>What others were broken by. Namespaces and rolled back lists: Hooks.Tests, RevocationListTests; the race for a passcode: SingleUseContract.</summary>
public sealed class PublishedHolesTests
{
    private const int Patience = 60_000;
    private const string Host = "web.example.com";

    // CVE-2024-7594: a certificate for nobody was one for everybody.
    [Fact(Timeout = Patience)]
    public async Task A_certificate_without_principals_is_not_written_here_and_lets_nobody_in()
    {
        using var folder = new TemporaryFolder();
        using SshPrivateKey key = SshPrivateKey.GenerateEd25519();
        folder.Write("ca", OpenSshPrivateKey.Write(Keys.Ca("ecdsa256")));
        folder.Write("key.pub", key.PublicKey.ToText() + "\n");
        (await RealKeygen.RunAsync(folder, "-q", "-s", "ca", "-I", "nobody", "-z", "7", "key.pub")).Expect(0);
        SshCertificate certificate = SshCertificate.Parse((await File.ReadAllTextAsync(folder["key-cert.pub"])).TrimEnd());

        Assert.True(certificate.VerifySignature());
        Assert.Empty(certificate.Content.ValidPrincipals);
        Assert.Throws<ArgumentException>(() => certificate.Content.ToBeSigned(certificate.CaKey));
        await Refuses(folder, key, certificate, "lacks principal list");
    }

    // CVE-2026-35414: one name with a comma in it was two.
    [Fact(Timeout = Patience)]
    public async Task A_principal_with_a_comma_is_not_written_here_and_lets_in_neither_name()
    {
        using var folder = new TemporaryFolder();
        using SshPrivateKey key = SshPrivateKey.GenerateEd25519();
        await Refuses(folder, key, null, "name is not a listed principal");

        Assert.False(Principal.TryParse("root,alice", out _, out string? reason));
        Assert.Contains("comma", reason, StringComparison.Ordinal);
    }

    private static async Task Refuses(TemporaryFolder folder, SshPrivateKey key, SshCertificate? certificate, string reason)
    {
        await using TestSshd server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = Keys.Ca("ecdsa256").PublicKey.ToText() + "\n" });
        certificate ??= WithComma(key.PublicKey, server.Login);
        string file = folder.Write("key", OpenSshPrivateKey.Write(key));
        SshClient client = SshClientConfiguration.With(server, Host, file, folder.Write("u-cert.pub", certificate.ToText() + "\n"), folder);

        Assert.Equal(255, (await client.RunAsync(Host, ["true"])).ExitCode);
        await server.LogSaysAsync(reason);
    }

    // The bytes are changed before they are signed: nothing here would write them.
    private static SshCertificate WithComma(SshPublicKey subject, string login)
    {
        SshPrivateKey ca = Keys.Ca("ecdsa256");
        byte[] toBeSigned = new CertificateContent
        {
            SubjectKey = subject,
            Serial = 8,
            Type = CertificateType.User,
            KeyId = "comma",
            ValidPrincipals = [$"root%{login}"],
            ValidAfter = DateTimeOffset.UnixEpoch,
            ValidBefore = CertificateContent.Forever,
        }.ToBeSigned(ca.PublicKey);
        toBeSigned[toBeSigned.AsSpan().IndexOf("root%"u8) + 4] = (byte)',';
        SshCertificate certificate = SshCertificate.Assemble(toBeSigned, ca.Sign(toBeSigned));
        Assert.Equal($"root,{login}", Assert.Single(certificate.Content.ValidPrincipals));
        return certificate;
    }
}
