using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>What the broker mints, with every CA key type over every subject key type, before OpenSSH as the judge.</summary>
public sealed class IssuedCertificateTests : IDisposable
{
    private const string Host = "web.example.com";
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> CaTypes => [.. KeyKind.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = 180_000)]
    [MemberData(nameof(CaTypes))]
    public async Task Lets_every_subject_key_type_in_and_is_what_ssh_keygen_prints(string caType)
    {
        string ca = await GiveCaAsync(caType);
        await using var broker = await TestBroker.StartAsync(_folder);
        string trusted = await broker.Anonymous.Http.GetStringAsync(new Uri(Routes.UserCaKeys, UriKind.Relative));
        Assert.Contains(ca, trusted, StringComparison.Ordinal);
        await using var server = await TestSshd.StartAsync(
            new SshdSettings { TrustedUserCaKeys = trusted, Principals = new SshdPrincipals.FromCommand($"echo \"$1@{Resource}\"") });
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress(Host, server.Port)], [server.Login]));
        await broker.Admin.GrantAsync("alice", "alice", Resource);
        BrokerApi alice = await broker.AsPersonAsync("alice");

        foreach ((string subjectType, KeyKind kind) in KeyKind.All)
        {
            string publicKey = await kind.MakeAsync(_folder[subjectType]);
            UserCertificateResponse minted = await alice.IssueAsync(publicKey, Resource, server.Login);
            string certificate = await PrintsWhatTheBrokerSaidAsync(minted, publicKey, ca);
            SshClient client = SshClientConfiguration.With(server, Host, _folder[subjectType], certificate, _folder);
            Assert.Equal(server.Login, (await client.RunAsync(Host, ["id", "-un"])).Expect(0).Output.Trim());
            await server.LogSaysAsync($"ID alice (serial {minted.Serial}) CA ");
        }
    }

    [Theory(Timeout = 180_000)]
    [MemberData(nameof(CaTypes))]
    public async Task Is_what_ssh_keygen_prints_over_a_security_key(string caType)
    {
        string ca = await GiveCaAsync(caType);
        await using var broker = await TestBroker.StartAsync(_folder);
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress(Host)], ["deploy"]));
        await broker.Admin.GrantAsync("alice", "alice", Resource);
        BrokerApi alice = await broker.AsPersonAsync("alice");

        foreach (string subjectType in new[] { "sk-ed25519", "sk-ecdsa" })
        {
            string publicKey = Keygen.Keys.Subject(subjectType).ToText();
            await PrintsWhatTheBrokerSaidAsync(await alice.IssueAsync(publicKey, Resource, "deploy"), publicKey, ca);
        }
    }

    private async Task<string> GiveCaAsync(string type)
    {
        string keys = Path.Combine(TestBroker.DataOf(_folder), "keys");
        foreach (string folder in new[] { TestBroker.DataOf(_folder), keys })
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string line = await KeyKind.All[type].MakeAsync(Path.Combine(keys, "user-ca"));
        File.Delete(Path.Combine(keys, "user-ca.pub"));
        return string.Join(' ', line.Split(' ')[..2]);
    }

    private async Task<string> PrintsWhatTheBrokerSaidAsync(UserCertificateResponse minted, string publicKey, string ca)
    {
        string path = _folder.Write("minted-cert.pub", minted.Certificate + "\n");
        ProcessRun run = (await Keygen.SshKeygen.RunAsync(_folder, "-L", "-f", path)).Expect(0);
        string[] lines = run.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string caFingerprint = SshPublicKey.Parse(ca).Fingerprint.ToString();

        Assert.Equal(caFingerprint, minted.CaFingerprint);
        Assert.Equal($"Type: {minted.Certificate.Split(' ')[0]} user certificate", lines[1]);
        Assert.EndsWith($"-CERT {SshPublicKey.Parse(publicKey).Fingerprint}", lines[2], StringComparison.Ordinal);
        Assert.Contains($" {caFingerprint} (using ", lines[3], StringComparison.Ordinal);
        string[] rest =
        [
            $"Key ID: \"{minted.KeyId}\"",
            $"Serial: {minted.Serial}",
            $"Valid: from {minted.ValidAfter:yyyy-MM-ddTHH:mm:ss} to {minted.ValidBefore:yyyy-MM-ddTHH:mm:ss}",
            "Principals:",
            .. minted.Principals,
            "Critical Options: (none)",
            "Extensions:",
            "permit-pty",
        ];
        Assert.Equal(rest, lines[4..]);
        return path;
    }
}
