using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>What a broker may put in a certificate, and what ssh never gets to see of it.</summary>
[Trait("Proof", "client")]
public sealed class CertificateLieTests : IDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    private string Current => _sshfn.Destination() + "/current";

    public static TheoryData<string, Func<CertificateContent, CertificateContent>, string> Lies()
    {
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        SshPublicKey otherKey = other.PublicKey;
        return new()
        {
            { "a second principal", content => content with { ValidPrincipals = ["deploy", "root"] }, "names several principals" },
            { "another login", content => content with { ValidPrincipals = ["root"] }, "names another principal than the broker says, or another login" },
            { "a life without end", content => content with { ValidBefore = DateTimeOffset.MaxValue }, "holds for longer than any broker may issue" },
            { "a year", content => content with { ValidBefore = content.ValidAfter.AddYears(1) }, "holds for longer than any broker may issue" },
            { "a life since 1970", content => content with { ValidAfter = DateTimeOffset.UnixEpoch }, "holds for longer than any broker may issue" },
            { "one that has ended", content => content with { ValidAfter = content.ValidAfter.AddHours(-2), ValidBefore = content.ValidAfter.AddHours(-1) }, "does not hold now" },
            { "no serial", content => content with { Serial = 0 }, "has no serial" },
            { "a critical option of its own", content => content with { CriticalOptions = [CertificateOption.WithValue("exec@evil.example", "x")] }, "has a critical option that no sshd knows" },
            { "another key", content => content with { SubjectKey = otherKey }, "is for another key" },
            { "a host's", content => content with { Type = CertificateType.Host }, "is not a user certificate" },
        };
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Lies), DisableDiscoveryEnumeration = true)]
    public async Task A_certificate_that_lies_is_refused_and_the_last_good_one_stays(string name, Func<CertificateContent, CertificateContent> lie, string expected)
    {
        await HoldOneThatEndsAsync();
        string[] before = Files();
        _broker.Authority.Tamper = lie;
        ProcessRun run = (await _sshfn.CertAsync()).Expect(0);
        Assert.StartsWith("sshfn: the certificate that the broker sent " + expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("; the last certificate holds for ", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        ProcessRun renewed = (await _sshfn.RunAsync("cert", "--renew", "web.example.com", "22", "deploy")).Expect(1);
        Assert.StartsWith("sshfn: error: the certificate that the broker sent " + expected, renewed.Error, StringComparison.Ordinal);
        Assert.True(Clear.Fault(renewed) is null, name);
        Assert.Equal(before, Files());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("names no principal", "-V", "-1m:+5m")]
    [InlineData("names several principals", "-n", "deploy,root", "-V", "-1m:+5m")]
    [InlineData("is not a user certificate", "-h", "-n", "deploy", "-V", "-1m:+5m")]
    [InlineData("holds for longer than any broker may issue", "-n", "deploy", "-V", "always:forever")]
    [InlineData("does not hold now", "-n", "deploy", "-V", "+1h:+2h")]
    [InlineData("has a critical option that no sshd knows", "-n", "deploy", "-V", "-1m:+5m", "-O", "critical:run@evil.example=x")]
    public async Task A_certificate_of_ssh_keygens_that_lies_is_refused(string expected, params string[] options)
    {
        await HoldOneThatEndsAsync();
        string[] before = Files();
        string ca = _sshfn.Folder["ca"];
        string caKey = await SshKeygen.GenerateAsync(ca, SshKeygen.Ed25519);
        _broker.On("POST", Routes.UserCertificates, request =>
        {
            JsonNode answer = JsonNode.Parse(_broker.Authority.Answer(request.Body).Body)!;
            string key = _sshfn.Folder.Write("asked.pub", (string)JsonNode.Parse(request.Body)!["publicKey"]! + "\n");
            using Process signing = Process.Start("ssh-keygen", ["-q", "-s", ca, "-I", "x", "-z", "9", .. options, key]);
            signing.WaitForExit();
            answer["certificate"] = File.ReadAllText(_sshfn.Folder["asked-cert.pub"]).Trim();
            answer["caFingerprint"] = SshPublicKey.Parse(caKey.Trim()).Fingerprint.ToString();
            return new FakeAnswer(200, answer.ToJsonString());
        });
        ProcessRun run = (await _sshfn.CertAsync()).Expect(0);
        Assert.StartsWith("sshfn: the certificate that the broker sent " + expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("; the last certificate holds for ", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("caFingerprint", "\"SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"", "is of another CA than the broker says")]
    [InlineData("login", "\"root\"", "names another principal than the broker says, or another login")]
    [InlineData("principals", "[\"deploy\",\"root\"]", "names another principal than the broker says, or another login")]
    public async Task An_answer_that_contradicts_its_certificate_is_refused(string member, string value, string expected)
    {
        await HoldOneThatEndsAsync();
        string[] before = Files();
        Answer(answer => answer[member] = JsonNode.Parse(value));
        ProcessRun run = (await _sshfn.CertAsync()).Expect(0);
        Assert.StartsWith("sshfn: the certificate that the broker sent " + expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Files());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("root@acme/production/web", "names the login of somebody else")]
    [InlineData("limited:root@acme/production/web", "names the login of somebody else")]
    [InlineData("deploy@acme/production/web", null)]
    [InlineData("limited:deploy@acme/production/web", null)]
    [InlineData("git:deploy@acme/production/web", null)]
    [InlineData("alice", null)]
    [InlineData("alice@corp", null)]
    [InlineData("root@acme/production/web", "names the login of somebody else", "zzz")]
    [InlineData("limited:root@acme/production/web", "names the login of somebody else", "")]
    [InlineData("deploy@x/root@acme/production/web", "names the login of somebody else", "root@acme/production/web")]
    [InlineData("root@acme/production:web", "names the login of somebody else", "production:web")]
    [InlineData("deploy@acme/production/web", null, "zzz")]
    public async Task A_principal_of_the_resource_is_for_the_login_that_was_asked_for(string principal, string? fault, string resource = "acme/production/web")
    {
        await _sshfn.SignInAsync(_broker);
        _broker.Authority.Tamper = content => content with { ValidPrincipals = [principal] };
        Answer(answer => (answer["principals"], answer["resource"]) = (new JsonArray(principal), resource));
        ProcessRun run = await _sshfn.CertAsync();
        Assert.Equal(fault is null ? 0 : 1, run.ExitCode);
        Assert.Contains(fault ?? "", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_certificate_damaged_anywhere_is_refused()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        string[] before = Files();
        int tries = LongRuns.Count(30, 1500);
        int wrong = 0;
        int lost = 0;
        List<string> findings = [];
        for (int seed = 0; seed < tries; seed++)
        {
            Random random = new(seed);
            Answer(answer => answer["certificate"] = Damage((string)answer["certificate"]!, random));
            ProcessRun run = await _sshfn.RunAsync("cert", "--renew", "web.example.com", "22", "deploy");
            string? fault = run.ExitCode == 0 ? "it was taken" : Clear.Fault(run);
            if (fault is not null)
                findings.Add(Clear.Describe($"seed {seed}", fault, run));
            wrong += fault is null ? 0 : 1;
            lost += Files().SequenceEqual(before) ? 0 : 1;
        }

        new ProofFigure("client", "damaged certificates", tries, wrong, lost).Record();
        Assert.True(wrong == 0 && lost == 0, string.Join('\n', findings));
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    private static string Damage(string certificate, Random random)
    {
        string[] words = certificate.Split(' ');
        byte[] wire = Convert.FromBase64String(words[1]);
        switch (random.Next(6))
        {
            case 0:
                wire[random.Next(wire.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                wire = wire[..random.Next(wire.Length)];
                break;
            case 2:
                wire = [.. wire, .. new byte[1 + random.Next(40)]];
                break;
            case 3:
                random.NextBytes(wire.AsSpan(random.Next(wire.Length - 8), 4));
                // What was drawn may be what stood there.
                wire[^1] ^= 1;
                break;
            case 4:
                return words[0] + " " + words[1].Insert(random.Next(words[1].Length), "\u0000\n\u001b~ "[random.Next(5)] + "!");
            default:
                string type = new[] { "ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp256", "", "ssh-rsa", "ecdsa-sha2-nistp384-cert-v01@openssh.com" }[random.Next(5)];
                return $"{type} {words[1]}";
        }

        return $"{words[0]} {Convert.ToBase64String(wire)}";
    }

    /// <summary>A certificate of which a minute is left: the next login asks for another one, and this one still serves.</summary>
    private async Task HoldOneThatEndsAsync()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.Authority.Tamper = content => content with { ValidAfter = content.ValidAfter.AddHours(-1), ValidBefore = content.ValidAfter.AddMinutes(1).AddSeconds(58) };
        (await _sshfn.CertAsync()).Expect(0);
        _broker.Authority.Tamper = null;
    }

    private void Answer(Action<JsonNode> change) => _broker.On("POST", Routes.UserCertificates, request =>
    {
        JsonNode answer = JsonNode.Parse(_broker.Authority.Answer(request.Body).Body)!;
        change(answer);
        return new FakeAnswer(200, answer.ToJsonString());
    });

    private ImmutableArray<string> Names() => [.. Directory.GetFiles(Current + "/").Order(StringComparer.Ordinal)];

    private string[] Files() => [.. Names().Select(path => path + File.ReadAllText(path)), .. Directory.GetFileSystemEntries(_sshfn.Home + "/state/destinations")];
}
