using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Hook;

/// <summary>The stock ssh client runs the hook; nothing listens where it then connects to.</summary>
public sealed class RealSshTests : IDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    [Fact(Timeout = 60_000)]
    public async Task Mints_once_before_ssh_connects()
    {
        ProcessRun run = await SshAsync("", "-o", "ProxyCommand=false", "deploy@web.example.com", "true");
        Assert.Equal(255, run.ExitCode);
        Assert.Equal(1, _broker.Mints);
        Assert.True(File.Exists(_sshfn.Destination() + "/current/key-cert.pub"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Knows_host_name_port_and_user_of_an_alias_further_down()
    {
        await SshAsync("Host w\n  HostName web.example.com\n  Port 2222\n  User deploy\n", "-o", "ProxyCommand=false", "w", "true");
        Assert.True(File.Exists(_sshfn.Destination("deploy@web.example.com:2222") + "/current/key"));
        Assert.Equal(1, _broker.Mints);
    }

    [Fact(Timeout = 60_000)]
    public async Task Runs_the_hook_once_and_reads_what_it_wrote()
    {
        ProcessRun run = await SshAsync("Host *\n  IdentityFile /nowhere/key\n", "-v", "-o", "ProxyCommand=false", "deploy@web.example.com", "true");
        Assert.Single(run.Error.Split('\n'), line => line.Contains("Executing command", StringComparison.Ordinal));
        Assert.Contains($"identity file {_sshfn.Destination()}/current/key type", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain($"identity file {_sshfn.Destination()}/current/key type -1", run.Error, StringComparison.Ordinal);
        Assert.Contains($"certificate file {_sshfn.Destination()}/current/key-cert.pub type", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain($"certificate file {_sshfn.Destination()}/current/key-cert.pub type -1", run.Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("-G", "deploy@web.example.com")]
    [InlineData("deploy@web.example.com", "-G")]
    [InlineData("-O", "check", "deploy@web.example.com")]
    public async Task Mints_nothing_for_an_ssh_that_connects_nowhere(params string[] arguments)
    {
        await SshAsync("", arguments);
        Assert.Equal(0, _broker.Mints);
    }

    [Fact(Timeout = 60_000)]
    public async Task Leaves_other_hosts_alone()
    {
        await SshAsync("", "-o", "ProxyCommand=false", "other.example.org", "true");
        Assert.Equal(0, _broker.Mints);
    }

    [Fact(Timeout = 60_000)]
    public async Task Runs_before_git_connects_through_git_ssh()
    {
        await SshAsync("", "-G", "deploy@web.example.com");
        _sshfn.Variables["GIT_SSH_COMMAND"] = $"{SshfnProgram.Executable} git-ssh -o ProxyCommand=false";
        _sshfn.Variables["GIT_SSH_VARIANT"] = "ssh";
        ProcessRun run = await _sshfn.RunOtherAsync("git", "ls-remote", "ssh://deploy@web.example.com/app.git");
        Assert.Equal(128, run.ExitCode);
        Assert.Equal(1, _broker.Mints);
    }

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    private async Task<ProcessRun> SshAsync(string userConfig, params string[] arguments)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_sshfn.UserConfig)!);
        _sshfn.Folder.Write("ssh/config", userConfig);
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig)).Expect(0);
        return await _sshfn.RunOtherAsync("ssh", ["-F", _sshfn.UserConfig, "-o", "BatchMode=yes", .. arguments]);
    }
}
