using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Hook;

public sealed class CertificateHookTests : IDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    private string Current => _sshfn.Destination() + "/current";

    [Fact(Timeout = 60_000)]
    public async Task Leaves_a_key_and_a_certificate_that_ssh_keygen_reads()
    {
        await _sshfn.SignInAsync(_broker);
        ProcessRun run = (await _sshfn.CertAsync()).Expect(0);
        Assert.Empty(run.Output + run.Error);
        ProcessRun certificate = (await _sshfn.RunOtherAsync("ssh-keygen", "-L", "-f", Current + "/key-cert.pub")).Expect(0);
        Assert.Contains("user certificate", certificate.Output, StringComparison.Ordinal);
        ProcessRun key = (await _sshfn.RunOtherAsync("ssh-keygen", "-y", "-f", Current + "/key")).Expect(0);
        Assert.Equal(File.ReadAllText(Current + "/key.pub").Trim(), string.Join(' ', key.Output.Trim().Split(' ')[..2]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Current + "/key"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Asks_for_the_destination_that_ssh_named()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.RunAsync("cert", "web.example.com", "2222", "deploy")).Expect(0);
        Assert.Contains("\"destination\":{\"host\":\"web.example.com\",\"port\":2222,\"login\":\"deploy\"}", _broker.Requests[^1].Body, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Asks_nobody_while_the_certificate_is_fresh()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        _broker.Stop();
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal(1, _broker.Mints);
    }

    [Fact(Timeout = 60_000)]
    public async Task Asks_again_for_each_connection_where_a_certificate_serves_one()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.Authority.Tamper = content => content with { Extensions = [CertificateOption.PermitPty, new CertificateOption("single-use@sshfunctions", default)] };
        (await _sshfn.CertAsync()).Expect(0);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal(2, _broker.Mints);
    }

    [Fact(Timeout = 60_000)]
    public async Task Asks_once_for_sixteen_callers_at_once()
    {
        await _sshfn.SignInAsync(_broker);
        ProcessRun[] runs = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _sshfn.CertAsync()));
        Assert.All(runs, run => run.Expect(0));
        Assert.Equal(1, _broker.Mints);
    }

    [Fact(Timeout = 60_000)]
    public async Task Opens_no_socket_while_the_certificate_is_fresh()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        string trace = _sshfn.Folder["trace"];
        (await _sshfn.RunOtherAsync("strace", "-f", "-qq", "-e", "trace=network", "-o", trace, SshfnProgram.Executable, "cert", "web.example.com", "22", "deploy")).Expect(0);
        // The debug build's runtime opens a local socket for debuggers; the published one opens none.
        Assert.DoesNotContain("AF_INET", await File.ReadAllTextAsync(trace), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Renews_on_the_same_key_while_the_old_certificate_holds()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.Authority.Tamper = Lasting(TimeSpan.FromSeconds(55));
        (await _sshfn.CertAsync()).Expect(0);
        string key = File.ReadAllText(Current + "/key");
        _broker.Authority.Tamper = null;
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal(2, _broker.Mints);
        Assert.Equal(key, File.ReadAllText(Current + "/key"));
        Assert.Equal("generations/2", new FileInfo(Current).LinkTarget);
    }

    [Fact(Timeout = 60_000)]
    public async Task Replaces_a_key_of_more_than_twelve_hours()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.Authority.Tamper = Lasting(TimeSpan.FromSeconds(55));
        (await _sshfn.CertAsync()).Expect(0);
        string key = File.ReadAllText(Current + "/key");
        File.SetLastWriteTimeUtc(Current + "/key", File.GetLastWriteTimeUtc(Current + "/key").AddHours(-13));
        (await _sshfn.CertAsync()).Expect(0);
        Assert.NotEqual(key, File.ReadAllText(Current + "/key"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Keeps_the_generation_before_and_none_older()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.Authority.Tamper = Lasting(TimeSpan.FromSeconds(30));
        for (int run = 0; run < 4; run++)
            (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal(["3", "4"], Directory.GetDirectories(_sshfn.Destination() + "/generations").Select(path => Path.GetFileName(path)).Order());
    }

    [Fact(Timeout = 60_000)]
    public async Task Lets_ssh_go_on_with_a_certificate_that_still_holds_while_the_broker_is_away()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.Authority.Tamper = Lasting(TimeSpan.FromSeconds(55));
        (await _sshfn.CertAsync()).Expect(0);
        _broker.Stop();
        ProcessRun run = (await _sshfn.CertAsync()).Expect(0);
        Assert.Matches("^sshfn: the broker http://127.0.0.1:[0-9]+ can't be reached: no connection; the last certificate holds for [0-9]+ more seconds\n$", run.Error);
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_in_one_line_that_the_broker_is_away()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.Stop();
        ProcessRun run = (await _sshfn.CertAsync()).Expect(1);
        Assert.Equal($"sshfn: error: the broker {_broker.Address} can't be reached: no connection\nsshfn: hint: sshfn doctor\n", run.Error);
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_why_the_broker_refused_without_its_control_characters()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.On("POST", Routes.UserCertificates, _ => FakeAnswer.Problem(403, ProblemTypes.Denied, "No grant\u001b[2J for you.\nsshfn: forged", "Ask a manager."));
        ProcessRun run = (await _sshfn.CertAsync()).Expect(1);
        Assert.Equal("sshfn: error: no grant[2J for you. sshfn: forged\nsshfn: hint: ask a manager\n", run.Error);
    }

    [Fact(Timeout = 60_000)]
    public async Task Points_to_login_when_nobody_is_signed_in()
    {
        ProcessRun run = (await _sshfn.CertAsync()).Expect(1);
        Assert.Equal("sshfn: error: not signed in\nsshfn: hint: sshfn login --broker URL --token-file FILE\n", run.Error);
    }

    public static TheoryData<string, Func<CertificateContent, CertificateContent>, string> TamperedAnswers()
    {
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        SshPublicKey otherKey = other.PublicKey;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new()
        {
            { "another key", content => content with { SubjectKey = otherKey }, "is for another key" },
            { "a host certificate", content => content with { Type = CertificateType.Host }, "is not a user certificate" },
            { "an expired one", content => content with { ValidBefore = content.ValidAfter.AddSeconds(1) }, "does not hold now" },
            { "one of tomorrow", content => content with { ValidAfter = content.ValidAfter.AddDays(1), ValidBefore = content.ValidBefore.AddDays(1) }, "does not hold now" },
        };
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(TamperedAnswers), DisableDiscoveryEnumeration = true)]
    public async Task Refuses_a_tampered_answer(string name, Func<CertificateContent, CertificateContent> tamper, string expected)
    {
        Assert.NotEmpty(name);
        await _sshfn.SignInAsync(_broker);
        _broker.Authority.Tamper = tamper;
        ProcessRun run = (await _sshfn.CertAsync()).Expect(1);
        Assert.Contains("the certificate that the broker sent " + expected, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Current + "/key"));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("../etc", "22", "deploy")]
    [InlineData("web", "0", "deploy")]
    [InlineData("web", "65536", "deploy")]
    [InlineData("web", "22", "a/b")]
    [InlineData("web", "22", "..")]
    [InlineData("web", "22", "-oProxyCommand=x")]
    [InlineData("web", "22", "a b")]
    [InlineData("", "22", "deploy")]
    [InlineData("web", "+22", "deploy")]
    public async Task Refuses_a_destination_that_no_ssh_names(string host, string port, string login)
    {
        await _sshfn.SignInAsync(_broker);
        ProcessRun run = (await _sshfn.RunAsync("cert", host, port, login)).Expect(2);
        Assert.StartsWith("sshfn: error: cert takes a host, a port and a login", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, _broker.Mints);
    }

    [Fact(Timeout = 60_000)]
    public async Task Mints_anew_when_the_certificate_file_is_damaged()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        string path = Current + "/key-cert.pub";
        File.WriteAllText(path, File.ReadAllText(path)[..200]);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal(2, _broker.Mints);
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_a_state_folder_that_others_may_write()
    {
        await _sshfn.SignInAsync(_broker);
        Directory.CreateDirectory(_sshfn.Home + "/state");
        File.SetUnixFileMode(_sshfn.Home + "/state", (UnixFileMode)0x1FF);
        ProcessRun run = (await _sshfn.CertAsync()).Expect(1);
        Assert.Contains("can be written by others", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, _broker.Mints);
    }

    [Fact(Timeout = 60_000)]
    public async Task Renews_on_a_new_key_when_told_to()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        string key = File.ReadAllText(Current + "/key");
        (await _sshfn.RunAsync("cert", "--renew", "web.example.com", "22", "deploy")).Expect(0);
        Assert.Equal(2, _broker.Mints);
        Assert.NotEqual(key, File.ReadAllText(Current + "/key"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Fails_when_told_to_renew_and_the_broker_is_away()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        _broker.Stop();
        ProcessRun run = (await _sshfn.RunAsync("cert", "--renew", "web.example.com", "22", "deploy")).Expect(1);
        Assert.StartsWith("sshfn: error: the broker ", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Current + "/key"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Leaves_no_folder_of_a_destination_that_was_refused()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.On("POST", Routes.UserCertificates, _ => FakeAnswer.Problem(403, ProblemTypes.Denied, "No grant."));
        (await _sshfn.CertAsync()).Expect(1);
        Assert.False(Directory.Exists(_sshfn.Destination()));
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    private static Func<CertificateContent, CertificateContent> Lasting(TimeSpan life) =>
        content => content with { ValidAfter = content.ValidAfter.AddHours(-1), ValidBefore = content.ValidAfter.AddMinutes(1) + life };
}
