using SshFunctions.Api;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Config;

/// <summary>What the broker says of hosts comes with a certificate, and is where ssh reads it before the certificate is there.</summary>
public sealed class HostKeysTests : IDisposable
{
    private const string Revoked = "@revoked * ssh-ed25519 AAAAHost host:hb2wmzk3thd5xrav\n";
    private const string Names = "git.example.com,[git.example.com]:*,web.example.com,[web.example.com]:*";

    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    private string KnownHosts => _sshfn.Config + "/known_hosts";

    private string Kept => _sshfn.Home + "/state/host_keys";

    [Fact(Timeout = 60_000)]
    public async Task Newer_ones_come_with_the_next_certificate_for_the_same_hosts()
    {
        await SetUpAsync();
        _broker.PublishHosts("1.7", Revoked);
        (await _sshfn.CertAsync()).Expect(0);
        string[] lines = File.ReadAllLines(KnownHosts);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"@cert-authority {Names} ecdsa-sha2-nistp256 ", lines[1], StringComparison.Ordinal);
        Assert.Equal($"@revoked {Names} ssh-ed25519 AAAAHost", lines[2]);
        (await RenewAsync()).Expect(0);
        Assert.Equal(["1.0", "1.7"], _broker.Requests.Where(request => request.Method == "POST").Select(request => request.KnownHostsVersion));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_alias_is_brought_up_with_them_and_is_not_written_anew_from_older_ones()
    {
        await SetUpAsync();
        (await _sshfn.RunAsync("alias", "sshfn.web")).Expect(0);
        string file = _sshfn.Home + "/state/aliases/sshfn.web.known_hosts";
        Assert.DoesNotContain("@revoked", File.ReadAllText(file), StringComparison.Ordinal);
        _broker.PublishHosts("1.7", Revoked);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Contains("\n@revoked web.example.com,[web.example.com]:*", File.ReadAllText(file), StringComparison.Ordinal);
        File.Delete(_sshfn.Home + "/state/aliases/sshfn.web.conf");
        (await _sshfn.RunAsync("alias", "sshfn.web")).Expect(0);
        Assert.Contains("\n@revoked web.example.com,[web.example.com]:*", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_program_that_was_never_set_up_makes_no_file_for_ssh()
    {
        await _sshfn.SignInAsync(_broker);
        _broker.PublishHosts("1.7");
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal("none", _broker.Requests[^1].KnownHostsVersion);
        Assert.False(File.Exists(KnownHosts));
        Assert.Equal($"# of {_broker.Address}/\n{_broker.KnownHosts}", File.ReadAllText(Kept));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("1.9", "2.9", true)]
    [InlineData("1.9", "1.10", true)]
    [InlineData("2.7", "1.9", false)]
    [InlineData("2.7", "2.6", false)]
    [InlineData("2.7", "3.6", false)]
    [InlineData("2.7", "next", true)]
    public async Task Of_brokers_behind_one_address_the_one_that_does_not_know_yet_takes_nothing_back(string held, string other, bool isTaken)
    {
        await SetUpAsync(held);
        _broker.PublishHosts(other, Revoked);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal(isTaken, File.ReadAllText(KnownHosts).Contains("@revoked", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_another_program_was_told_meanwhile_is_not_taken_back()
    {
        await SetUpAsync();
        HostKeys keys = new(new Folders(_sshfn.Config, _sshfn.Home + "/state"));
        Uri broker = new(_broker.Address);
        string lines = keys.Read(broker)!;
        Task older;
        using (keys.Hold())
        {
            older = Task.Run(() => keys.KeepNewer(broker, lines.Replace("# version 1.0", "# version 1.7", StringComparison.Ordinal)));
            string held = _sshfn.Home + "/state/locks/host_keys";
            Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget == held) == 2, TimeSpan.FromSeconds(30)));
            File.WriteAllText(Kept, File.ReadAllText(Kept).Replace("# version 1.0", "# version 1.9", StringComparison.Ordinal));
        }

        await older;
        Assert.Contains("\n# version 1.9\n", File.ReadAllText(Kept), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_signs_in_anew_takes_what_a_broker_says_that_began_to_count_anew()
    {
        await SetUpAsync("9.9");
        _broker.PublishHosts("1.0", Revoked);
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Contains("@revoked", File.ReadAllText(KnownHosts), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_broker_says_nothing_of_the_hosts_of_the_one_that_was_set_up()
    {
        await SetUpAsync();
        string before = File.ReadAllText(KnownHosts) + File.ReadAllText(Kept);
        using FakeBroker other = new();
        other.PublishHosts("9.9", Revoked);
        // Also when it was not asked.
        other.On("POST", Routes.UserCertificates, request => other.Authority.Answer(request.Body, other.KnownHosts));
        (_sshfn.Variables["SSHFN_BROKER"], _sshfn.Variables["SSHFN_TOKEN"]) = (other.Address, FakeBroker.Token);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Null(Assert.Single(other.Requests).KnownHostsVersion);
        Assert.Equal(before, File.ReadAllText(KnownHosts) + File.ReadAllText(Kept));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("# version 1.7\n")]
    [InlineData("# version 1.7\n@revoked * ssh-ed25519 AAAAHost host\n")]
    [InlineData("# version 1.7\n<html>not what was asked for</html>\n")]
    public async Task An_answer_without_a_CA_takes_nothing_away(string answer)
    {
        await SetUpAsync();
        string before = File.ReadAllText(KnownHosts) + File.ReadAllText(Kept);
        _broker.KnownHosts = answer;
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal(before, File.ReadAllText(KnownHosts) + File.ReadAllText(Kept));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("known_hosts", "1.0")]
    [InlineData("../state/host_keys", "none")]
    public async Task A_file_that_can_not_be_written_stops_no_certificate_and_is_told(string name, string said)
    {
        await SetUpAsync();
        _broker.PublishHosts("1.7", Revoked);
        string path = Path.GetFullPath(Path.Combine(_sshfn.Config, name));
        File.Delete(path);
        (await _sshfn.RunOtherAsync("mkfifo", path)).Expect(0);
        ProcessRun run = (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal($"sshfn: the keys of hosts are as they were: {path} is not a file\n", run.Error);
        Assert.True(File.Exists(_sshfn.Destination() + "/current/key-cert.pub"));
        Assert.Equal(said, _broker.Requests[^1].KnownHostsVersion);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_version_is_one_word_of_bounded_length()
    {
        foreach (string version in new[] { "1.0 @cert-authority", "1.0\r", new string('1', 65) })
        {
            await SetUpAsync(version);
            (await _sshfn.CertAsync()).Expect(0);
            Assert.Equal("none", _broker.Requests[^1].KnownHostsVersion);
        }
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    private Task<ProcessRun> RenewAsync() => _sshfn.RunAsync("cert", "--renew", "web.example.com", "22", "deploy");

    private async Task SetUpAsync(string version = "1.0")
    {
        _broker.PublishHosts(version);
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig)).Expect(0);
    }
}
