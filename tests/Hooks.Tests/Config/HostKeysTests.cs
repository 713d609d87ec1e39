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

    private HostKeys HostKeysHere => new(new Folders(_sshfn.Config, _sshfn.Home + "/state"));

    [Fact(Timeout = 60_000)]
    public async Task Newer_ones_come_with_the_next_certificate_for_the_same_hosts()
    {
        await SetUpAsync();
        _broker.PublishHosts("1.7", Revoked);
        (await _sshfn.CertAsync()).Expect(0);
        string[] lines = File.ReadAllLines(KnownHosts);
        Assert.Equal(5, lines.Length);
        Assert.Equal([$"# of {_broker.Address}/", "# version 1.7"], lines[1..3]);
        Assert.StartsWith($"@cert-authority {Names} ecdsa-sha2-nistp256 ", lines[3], StringComparison.Ordinal);
        Assert.Equal("@revoked * ssh-ed25519 AAAAHost", lines[4]);
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
        Assert.Contains("\n@revoked * ", File.ReadAllText(file), StringComparison.Ordinal);
        File.Delete(_sshfn.Home + "/state/aliases/sshfn.web.conf");
        (await _sshfn.RunAsync("alias", "sshfn.web")).Expect(0);
        Assert.Contains("\n@revoked * ", File.ReadAllText(file), StringComparison.Ordinal);
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
        ProcessRun run = (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal(isTaken, File.ReadAllText(KnownHosts).Contains("@revoked", StringComparison.Ordinal));
        Assert.Equal(
            isTaken ? "" : $"sshfn: the keys of hosts are as they were: the broker's are older, {other} and not {held}; if its data was put back, sshfn login takes them\n", run.Error);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_another_program_was_told_meanwhile_is_not_taken_back()
    {
        await SetUpAsync();
        HostKeys keys = HostKeysHere;
        Uri broker = new(_broker.Address);
        string lines = keys.Read(broker)!;
        Task older;
        using (keys.Hold())
        {
            older = Task.Run(() => keys.KeepNewer(broker, lines.Replace("# version 1.0", "# version 1.7", StringComparison.Ordinal)));
            string held = _sshfn.Home + "/state/locks/host_keys";
            Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget == held) == 2, TimeSpan.FromSeconds(30)));
            foreach (string file in new[] { KnownHosts, Kept })
                File.WriteAllText(file, File.ReadAllText(file).Replace("# version 1.0", "# version 1.9", StringComparison.Ordinal));
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
    [InlineData("known_hosts", "none")]
    [InlineData("../state/host_keys", "none")]
    public async Task A_file_that_can_not_be_written_stops_no_certificate_and_is_told(string name, string said)
    {
        await SetUpAsync();
        _broker.PublishHosts("1.7", Revoked);
        string path = Path.GetFullPath(Path.Combine(_sshfn.Config, name));
        File.Delete(path);
        (await _sshfn.RunOtherAsync("mkfifo", path)).Expect(0);
        ProcessRun run = (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal($"sshfn: not every file has the newest keys of hosts: {path} is not a file\n", run.Error);
        Assert.True(File.Exists(_sshfn.Destination() + "/current/key-cert.pub"));
        Assert.Equal(said, _broker.Requests[^1].KnownHostsVersion);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_alias_of_another_broker_trusts_that_one_and_changes_nothing_of_the_first()
    {
        await SetUpAsync();
        string before = File.ReadAllText(KnownHosts);
        using FakeBroker other = new();
        other.PublishHosts("9.9");
        (_sshfn.Variables["SSHFN_BROKER"], _sshfn.Variables["SSHFN_TOKEN"]) = (other.Address, FakeBroker.Token);
        (await _sshfn.RunAsync("alias", "sshfn.web")).Expect(0);
        Assert.StartsWith($"# of {other.Address}/\n", File.ReadAllText(Kept), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(KnownHosts));
        _sshfn.Variables.Clear();
        _broker.PublishHosts("1.7", Revoked);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal("1.0", _broker.Requests[^1].KnownHostsVersion);
        Assert.Equal(before.Replace("# version 1.0", "# version 1.7", StringComparison.Ordinal) + "@revoked * ssh-ed25519 AAAAHost\n", File.ReadAllText(KnownHosts));
        Assert.DoesNotContain("@revoked", File.ReadAllText(_sshfn.Home + "/state/aliases/sshfn.web.known_hosts"), StringComparison.Ordinal);
        (await RenewAsync()).Expect(0);
        Assert.Equal("1.7", _broker.Requests[^1].KnownHostsVersion);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_signs_in_elsewhere_trusts_the_first_broker_for_its_hosts_until_ssh_is_set_up_anew()
    {
        await SetUpAsync();
        string before = File.ReadAllText(KnownHosts);
        using FakeBroker other = new();
        other.PublishHosts("9.9");
        await _sshfn.SignInAsync(other);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal(before, File.ReadAllText(KnownHosts));
        (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig)).Expect(0);
        Assert.Contains($"\n# of {other.Address}/\n# version 9.9\n", File.ReadAllText(KnownHosts), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("config-ssh --ssh-config FILE")]
    [InlineData("alias sshfn.web")]
    public async Task What_a_certificate_brought_meanwhile_stays(string command)
    {
        await SetUpAsync();
        File.Delete(_sshfn.Home + "/state/catalog.json");
        string old = _broker.KnownHosts;
        _broker.On("GET", Routes.KnownHosts, _ =>
        {
            _broker.PublishHosts("1.7", Revoked);
            Assert.Null(HostKeysHere.KeepNewer(new Uri(_broker.Address), _broker.KnownHosts));
            return new FakeAnswer(200, old);
        });
        (await _sshfn.RunAsync(command.Replace("FILE", _sshfn.UserConfig, StringComparison.Ordinal).Split(' '))).Expect(0);
        Assert.Contains("\n# version 1.7\n", File.ReadAllText(Kept), StringComparison.Ordinal);
        Assert.Contains("\n@revoked * ", File.ReadAllText(KnownHosts), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_writes_beside_a_stopped_process_leaves_no_version_behind()
    {
        await SetUpAsync();
        _broker.PublishHosts("1.7", Revoked);
        using (HostKeysHere.Hold())
            (await _sshfn.CertAsync()).Expect(0);
        Assert.Contains("\n@revoked * ", File.ReadAllText(KnownHosts), StringComparison.Ordinal);
        (await RenewAsync()).Expect(0);
        (await RenewAsync()).Expect(0);
        Assert.Equal(["1.0", "none", "1.7"], _broker.Requests.Where(request => request.Method == "POST").Select(request => request.KnownHostsVersion));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_was_written_from_older_lines_is_written_anew()
    {
        await SetUpAsync();
        File.WriteAllText(Kept, File.ReadAllText(Kept).Replace("# version 1.0", "# version 1.7", StringComparison.Ordinal));
        _broker.PublishHosts("1.7", Revoked);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal("none", _broker.Requests[^1].KnownHostsVersion);
        Assert.Contains("\n@revoked * ", File.ReadAllText(KnownHosts), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_of_an_earlier_release_which_names_no_broker_is_brought_up_too()
    {
        await SetUpAsync();
        File.WriteAllLines(KnownHosts, File.ReadAllLines(KnownHosts).Where(line => !line.StartsWith("# of ", StringComparison.Ordinal) && !line.StartsWith("# version ", StringComparison.Ordinal)));
        _broker.PublishHosts("1.7", Revoked);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal("none", _broker.Requests[^1].KnownHostsVersion);
        Assert.Contains($"\n# of {_broker.Address}/\n# version 1.7\n", File.ReadAllText(KnownHosts), StringComparison.Ordinal);
        Assert.Contains("\n@revoked * ", File.ReadAllText(KnownHosts), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_page_that_names_no_CA_is_no_answer_for_config_ssh()
    {
        await SetUpAsync();
        string before = File.ReadAllText(KnownHosts) + File.ReadAllText(Kept);
        _broker.KnownHosts = "<html>sign in to the network</html>\n";
        ProcessRun run = (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig)).Expect(6);
        Assert.Contains("names no CA of hosts", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(KnownHosts) + File.ReadAllText(Kept));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_can_not_be_written_stops_no_login_by_an_alias()
    {
        await SetUpAsync();
        File.Delete(KnownHosts);
        (await _sshfn.RunOtherAsync("mkfifo", KnownHosts)).Expect(0);
        _broker.PublishHosts("1.7", Revoked);
        ProcessRun run = (await _sshfn.RunAsync("alias", "sshfn.web")).Expect(0);
        Assert.Equal($"sshfn: not every file has the newest keys of hosts: {KnownHosts} is not a file\n", run.Error);
        Assert.Contains("\n@revoked * ", File.ReadAllText(_sshfn.Home + "/state/aliases/sshfn.web.known_hosts"), StringComparison.Ordinal);
        Assert.True(File.Exists(_sshfn.Home + "/state/catalog.json"));
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
