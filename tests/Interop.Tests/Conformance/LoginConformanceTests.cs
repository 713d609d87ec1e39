using System.Net;
using SshFunctions.Interop.Tests.Keygen;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Conformance;

[Trait("Proof", "conformance")]
public sealed class LoginConformanceTests
{
    private const ulong Seed = 9_4;
    private const string Host = "web.example.com";
    private readonly Chance _chance = new(Seed);

    [Fact(Timeout = 1_200_000)]
    public async Task sshd_lets_in_whom_a_certificate_names_from_where_and_when_it_says()
    {
        using var folder = new TemporaryFolder();
        string cas = string.Concat(Keys.CaTypes.Select(type => Keys.Ca(type).PublicKey.ToText() + "\n"));
        await using TestSshd server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = cas, RevokedKeys = new RevocationListBuilder().Build(1, Now) });
        int tries = LongRuns.Count(4, 100);
        List<string> wrong = [];
        for (int number = 0; number < tries; number++)
        {
            string caType = Keys.CaTypes[number % Keys.CaTypes.Length];
            using SshPrivateKey key = number % 2 == 0 ? SshPrivateKey.GenerateEd25519() : SshPrivateKey.GenerateEcdsa(256);
            CertificateContent content = Next(key.PublicKey, server.Login);
            bool isRevoked = _chance.OneIn(5);
            server.Revoke(ListOf(Keys.Ca(caType).PublicKey, content.Serial, isRevoked));
            bool letIn = await EnterAsync(folder, server, key, RandomCertificates.Sign(Keys.Ca(caType), content));
            if (letIn != (!isRevoked && Fits(content, server.Login))) wrong.Add($"{number} of seed {Seed}: let in {letIn}, revoked {isRevoked}, {content}, {string.Join(' ', content.ValidPrincipals)}, {string.Join(' ', content.CriticalOptions)}");
        }

        new ProofFigure("conformance", "logins at sshd", tries, wrong.Count).Record();
        Assert.True(wrong.Count == 0, $"{string.Join('\n', wrong)}\n{(wrong.Count > 0 ? server.Log : "")}");
    }

    // sshd goes by the machine's clock.
    private static DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    private static async Task<bool> EnterAsync(TemporaryFolder folder, TestSshd server, SshPrivateKey key, SshCertificate certificate)
    {
        string file = folder.Write("key", OpenSshPrivateKey.Write(key));
        SshClient client = SshClientConfiguration.With(server, Host, file, folder.Write("key-cert.pub", certificate.ToText() + "\n"), folder);
        ProcessRun run = await client.RunAsync(Host, ["echo", "in"]);
        return run.ExitCode == 0 && run.Output.Contains("in", StringComparison.Ordinal);
    }

    private static byte[] ListOf(SshPublicKey ca, ulong serial, bool isRevoked)
    {
        var builder = new RevocationListBuilder();
        // A list always holds something near; only then does being off by one show.
        builder.AddSerials(ca, [serial - 1, serial + 1]);
        if (isRevoked) builder.AddSerial(ca, serial);
        return builder.Build(2, Now);
    }

    private CertificateContent Next(SshPublicKey subject, string login)
    {
        IEnumerable<string> others = Enumerable.Range(0, _chance.Below(20)).Select(number => $"{login}{number}");
        string[] networks = _chance.Below(3) switch { 0 => ["192.0.2.0/24", "2001:db8::/32"], 1 => ["10.0.0.0/8", "127.0.0.0/8"], _ => [] };
        (int from, int to) = _chance.Below(5) switch { 0 => (-120, -60), 1 => (3600, 7200), _ => (-60, 3600) };
        return new CertificateContent
        {
            SubjectKey = subject,
            Serial = 2 + (_chance.Next() >> 1),
            Type = _chance.OneIn(8) ? CertificateType.Host : CertificateType.User,
            KeyId = $"login {_chance.Below(1000)}",
            ValidPrincipals = [.. others, .. _chance.OneIn(5) ? ["somebody-else"] : new[] { login }],
            ValidAfter = Now.AddSeconds(from),
            ValidBefore = Now.AddSeconds(to),
            CriticalOptions = networks.Length == 0 ? [] : CertificateOption.Sorted(CertificateOption.SourceAddress(networks.Select(network => IPNetwork.Parse(network)))),
            Extensions = CertificateOption.Sorted(CertificateOption.WithValue("login@github.com", "alice"), new CertificateOption("other@example.com", default)),
        };
    }

    private static bool Fits(CertificateContent content, string login) =>
        content.Type == CertificateType.User && content.ValidPrincipals.Contains(login) && content.ValidAfter <= Now && Now < content.ValidBefore
        && (content.CriticalOptions.IsEmpty || (content.CriticalOptions[0].TryGetValue(out string? networks) && networks.Contains("127.0.0.0/8", StringComparison.Ordinal)));
}
