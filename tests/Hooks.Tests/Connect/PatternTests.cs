using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Connect;

/// <summary>Hosts below a pattern of the operator: resources need no re-run of config-ssh, and others keep their user's own keys.</summary>
public sealed class PatternTests : IAsyncLifetime, IDisposable
{
    private const string Unrelated = "other.loopback.example";
    private readonly Servers _servers = new();

    private SshfnProgram Sshfn => _servers.Sshfn;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        _servers.Broker.HostPatterns = ["*.loopback.example", "*", "*.com"];
        _servers.Show();
        _servers.Broker.On("POST", Routes.UserCertificates, request => request.Body.Contains(Unrelated, StringComparison.Ordinal)
            ? FakeAnswer.Problem(404, ProblemTypes.NotFound, $"No resource is reached at {Unrelated}.")
            : _servers.Broker.Authority.Answer(request.Body));
        await _servers.ConfigureAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Patterns_that_are_too_wide_are_left_out()
    {
        string managed = File.ReadAllText(Sshfn.Config + "/ssh_config");
        Assert.Contains("Match final host \"*.loopback.example\" ", managed, StringComparison.Ordinal);
        Assert.DoesNotContain("*.com", managed + File.ReadAllText(Sshfn.Config + "/known_hosts"), StringComparison.Ordinal);
        ProcessRun run = (await Sshfn.RunAsync("config-ssh", "--ssh-config", Sshfn.UserConfig, "--dry-run")).Expect(0);
        Assert.Contains("warning: the broker's host pattern *.com is left out", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_new_resource_below_the_pattern_works_at_once()
    {
        ProcessRun run = await ToAsync("new.loopback.example", _servers.First.Login);
        Assert.Equal("in\n", run.Expect(0).Output);
        Assert.Equal(1, _servers.Broker.Mints);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_unrelated_host_keeps_its_users_own_keys_and_is_asked_for_once_a_minute()
    {
        string key = Sshfn.Folder["own"];
        (await Sshfn.RunOtherAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)).Expect(0);
        File.AppendAllText(Sshfn.UserConfig, $"  IdentityFile {key}\n");
        ProcessRun first = await VerboseAsync();
        Assert.DoesNotContain("sshfn:", first.Error, StringComparison.Ordinal);
        Assert.Contains($"Offering public key: {key} ED25519", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("/state/destinations/", first.Error, StringComparison.Ordinal);
        await VerboseAsync();
        Assert.Equal(1, _servers.Broker.Mints);
    }

    public Task DisposeAsync() => _servers.DisposeAsync();

    public void Dispose() => _servers.Dispose();

    // The names resolve nowhere, so the connection is made for ssh.
    private string ProxyCommand => $"ProxyCommand=bash -c 'exec 3<>/dev/tcp/127.0.0.1/{_servers.First.Port}; exec 4<&0; cat <&4 >&3 & exec cat <&3'";

    private Task<ProcessRun> ToAsync(string host, string login) => _servers.StockAsync(
        "ssh", "-o", ProxyCommand, "-o", "StrictHostKeyChecking=no", "-l", login, host, "echo", "in");

    private Task<ProcessRun> VerboseAsync() => _servers.StockAsync(
        "ssh", "-v", "-o", "LogLevel=DEBUG1", "-o", ProxyCommand, "-o", "StrictHostKeyChecking=no", "-l", _servers.First.Login, Unrelated, "true");
}
