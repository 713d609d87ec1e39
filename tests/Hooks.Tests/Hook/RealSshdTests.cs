using SshFunctions.Support.Broker;
using SshFunctions.Support.Git;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Hooks.Tests.Hook;

/// <summary>Stock client, stock server: what a developer types works, and costs one certificate.</summary>
public sealed class RealSshdTests : IAsyncLifetime, IDisposable
{
    // A host key of no CA is not what is tested here.
    private const string AnyHostKey = "Host *\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  BatchMode yes\n  LogLevel ERROR\n";

    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();
    private TestSshd _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = _broker.Authority.CaKey.ToText() + "\n" });
        _broker.Resources = [new("acme/production/web", [new("127.0.0.1", _server.Port)], [_server.Login], "plain-sshd", "", "enabled", null)];
        Directory.CreateDirectory(Path.GetDirectoryName(_sshfn.UserConfig)!);
        _sshfn.Folder.Write("ssh/config", $"Host web\n  HostName 127.0.0.1\n  Port {_server.Port}\n  User {_server.Login}\n{AnyHostKey}");
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig)).Expect(0);
    }

    [Fact(Timeout = 120_000)]
    public async Task Ssh_scp_and_sftp_share_one_certificate()
    {
        ProcessRun ssh = (await _sshfn.RunOtherAsync("ssh", "-F", _sshfn.UserConfig, "web", "echo", "in")).Expect(0);
        Assert.Equal("in\n", ssh.Output);
        string file = _sshfn.Folder.Write("file", "text");
        (await _sshfn.RunOtherAsync("scp", "-F", _sshfn.UserConfig, file, "web:copied")).Expect(0);
        ProcessRun again = (await _sshfn.RunOtherAsync("ssh", "-F", _sshfn.UserConfig, "web", "cat", "copied")).Expect(0);
        Assert.Equal("text", again.Output);
        Assert.Equal(1, _broker.Mints);
    }

    [Fact(Timeout = 120_000)]
    public async Task Git_clones_eight_submodules_at_once_on_one_certificate()
    {
        GitRepository repository = await GitRepository.CreateAsync(_server, "app", submoduleCount: 8);
        _sshfn.Variables["GIT_SSH_COMMAND"] = $"ssh -F {_sshfn.UserConfig}";
        (await _sshfn.RunOtherAsync("git", "clone", "-q", "--recurse-submodules", "-j8", repository.Url("web"), "clone")).Expect(0);
        Assert.True(File.Exists(_sshfn.Folder["clone/module-8/README.md"]));
        Assert.Equal(1, _broker.Mints);
    }

    [Fact(Timeout = 120_000)]
    public async Task Git_clones_and_pushes_through_git_ssh()
    {
        GitRepository repository = await GitRepository.CreateAsync(_server, "app");
        string options = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BatchMode=yes -o LogLevel=ERROR";
        _sshfn.Variables["GIT_SSH_COMMAND"] = $"{SshfnProgram.Executable} git-ssh {options}";
        _sshfn.Variables["GIT_SSH_VARIANT"] = "ssh";
        (await _sshfn.RunOtherAsync("git", "clone", "-q", repository.Url($"{_server.Login}@127.0.0.1:{_server.Port}"), "clone")).Expect(0);
        string[] commit = ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "--allow-empty", "-m", "empty"];
        (await _sshfn.RunOtherAsync("git", ["-C", _sshfn.Folder["clone"], .. commit])).Expect(0);
        (await _sshfn.RunOtherAsync("git", "-C", _sshfn.Folder["clone"], "push", "-q", "origin", GitRepository.Branch)).Expect(0);
        Assert.Equal(1, _broker.Mints);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }
}
