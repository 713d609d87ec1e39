using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    [Fact(Timeout = 60_000)]
    public async Task Finds_nothing_after_login_and_config_ssh()
    {
        await SetUpAsync();
        ProcessRun run = (await ExamineAsync()).Expect(0);
        Assert.Contains("ok    signed in as alice@example.com\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Names_what_is_missing_before_anything_is_set_up()
    {
        ProcessRun run = (await ExamineAsync()).Expect(1);
        Assert.Contains("fail  not signed in\n      fix: sshfn login", run.Output, StringComparison.Ordinal);
        Assert.Contains("does not include the managed file\n      fix: sshfn config-ssh\n", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Fails_when_the_clocks_are_apart()
    {
        await SetUpAsync();
        HealthResponse late = new("ok", "0.1.0", TimeProvider.System.GetUtcNow().AddMinutes(-10));
        _broker.On("GET", Routes.Health, _ => FakeAnswer.Of(late, ApiJson.Default.HealthResponse));
        ProcessRun run = (await ExamineAsync()).Expect(1);
        Assert.Matches("fail  clock differs from the broker's by 6[0-9]{2} s\n", run.Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task Fails_when_others_can_read_the_credentials()
    {
        await SetUpAsync();
        File.SetUnixFileMode(_sshfn.Config + "/credentials.json", (UnixFileMode)0x1A4);
        ProcessRun run = (await ExamineAsync()).Expect(1);
        Assert.Contains("credentials.json can be read by others", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Fails_when_the_shell_runs_nothing()
    {
        await SetUpAsync();
        _sshfn.Variables["SHELL"] = "/usr/sbin/nologin";
        ProcessRun run = (await ExamineAsync()).Expect(1);
        Assert.Contains("fail  ssh runs the hook with /usr/sbin/nologin, which runs nothing\n", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Passes_over_a_destination_that_never_had_a_certificate()
    {
        await SetUpAsync();
        Directory.CreateDirectory(_sshfn.Destination());
        ProcessRun run = (await ExamineAsync()).Expect(0);
        Assert.DoesNotContain("web.example.com:22", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Fails_when_a_certificate_at_hand_is_revoked()
    {
        await SetUpAsync();
        (await _sshfn.CertAsync()).Expect(0);
        SshCertificate certificate = SshCertificate.Parse(File.ReadAllText(_sshfn.Destination() + "/current/key-cert.pub").Trim());
        RevocationListBuilder list = new();
        Revoke(list);
        ProcessRun other = (await ExamineAsync()).Expect(0);
        Assert.DoesNotContain("revoked", other.Output, StringComparison.Ordinal);
        list.AddSerial(_broker.Authority.CaKey, certificate.Content.Serial);
        Revoke(list);
        ProcessRun run = (await ExamineAsync()).Expect(1);
        Assert.Contains(
            "fail  the certificate for deploy@web.example.com:22 is revoked; servers refuse it\n"
            + "      fix: sshfn cert --renew web.example.com 22 deploy; if that is refused, ask a manager for access\n",
            run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Fails_when_the_CA_of_a_certificate_at_hand_is_none_of_the_brokers_any_more(bool isTrusted, int code)
    {
        await SetUpAsync();
        (await _sshfn.CertAsync()).Expect(0);
        string fingerprint = isTrusted ? _broker.Authority.CaKey.Fingerprint.ToString() : "SHA256:another";
        _broker.On("GET", Routes.TrustBundle, _ => FakeAnswer.Of(
            new TrustBundleResponse(2, [new CaKey("key", fingerprint, "active")], [], []), ApiJson.Default.TrustBundleResponse));
        ProcessRun run = (await ExamineAsync()).Expect(code);
        Assert.Equal(!isTrusted, run.Output.Contains($"is by a CA that is none of {_broker.Address}; its servers refuse it", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_nothing_of_revocations_when_the_list_can_not_be_had()
    {
        await SetUpAsync();
        (await _sshfn.CertAsync()).Expect(0);
        ProcessRun run = (await ExamineAsync()).Expect(0);
        Assert.DoesNotContain("revo", run.Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    private void Revoke(RevocationListBuilder list)
    {
        byte[] bytes = list.Build(1, TimeProvider.System.GetUtcNow());
        _broker.On("GET", Routes.RevocationList, _ => new FakeAnswer(200, "") { Bytes = bytes });
    }

    private async Task SetUpAsync()
    {
        // One address: others would be tried.
        _broker.Resources = [_broker.Resources[0] with { Hosts = [new("web.example.com")] }];
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig)).Expect(0);
    }

    private Task<ProcessRun> ExamineAsync() => _sshfn.RunAsync("doctor", "--ssh-config", _sshfn.UserConfig);
}
