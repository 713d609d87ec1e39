using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Git;

public sealed class GitSetupTests : IDisposable
{
    private readonly SshfnProgram _sshfn = new();

    [Theory(Timeout = 60_000)]
    [InlineData("--local")]
    [InlineData("--global")]
    public async Task Puts_back_what_stood_there_before(string level)
    {
        (await _sshfn.RunOtherAsync("git", "init", "-q")).Expect(0);
        await GitAsync(level, "core.sshCommand", "ssh -v");
        string before = await AllAsync(level);
        (await _sshfn.RunAsync("git-setup", level)).Expect(0);
        Assert.Equal($"'{SshfnProgram.Executable}' git-ssh\n", (await GitAsync(level, "--get", "core.sshCommand")).Output);
        Assert.Equal("ssh\n", (await GitAsync(level, "--get", "ssh.variant")).Output);
        (await _sshfn.RunAsync("git-setup", level)).Expect(0);
        (await _sshfn.RunAsync("git-setup", level, "--remove")).Expect(0);
        Assert.Equal(before, await AllAsync(level));
    }

    [Fact(Timeout = 60_000)]
    public async Task Changes_nothing_in_a_dry_run()
    {
        (await _sshfn.RunOtherAsync("git", "init", "-q")).Expect(0);
        string before = await AllAsync("--local");
        ProcessRun run = (await _sshfn.RunAsync("git-setup", "--local", "--dry-run")).Expect(0);
        Assert.StartsWith("would set --local core.sshCommand = ", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, await AllAsync("--local"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Restores_nothing_in_a_dry_run()
    {
        (await _sshfn.RunOtherAsync("git", "init", "-q")).Expect(0);
        await GitAsync("--local", "core.sshCommand", "ssh -v");
        (await _sshfn.RunAsync("git-setup", "--local")).Expect(0);
        string before = await AllAsync("--local");
        ProcessRun run = (await _sshfn.RunAsync("git-setup", "--local", "--remove", "--dry-run")).Expect(0);
        Assert.Equal("would restore --local core.sshCommand = ssh -v\nwould remove --local ssh.variant\n", run.Output);
        Assert.Equal(before, await AllAsync("--local"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Points_to_the_setup_of_the_repository_when_there_is_no_other()
    {
        (await _sshfn.RunOtherAsync("git", "init", "-q")).Expect(0);
        (await _sshfn.RunAsync("git-setup", "--local")).Expect(0);
        ProcessRun run = (await _sshfn.RunAsync("git-setup", "--remove")).Expect(0);
        Assert.Equal("sshfn: hint: this repository has a setup of its own: use --local --remove\n", run.Error);
        Assert.Contains("sshfn.installed=true", await AllAsync("--local"), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("[user]\n\tname = Alice\n")]
    [InlineData("[credential \"https://git.example.com\"]\n\thelper = store\n# mine\n[user]\n\tname = Alice\n")]
    public async Task Sets_a_helper_for_https_hosts_and_takes_it_back_byte_for_byte(string before)
    {
        string file = _sshfn.Folder.Write(".gitconfig", before);
        for (int time = 0; time < 2; time++)
            (await _sshfn.RunAsync("git-setup", "--https", "git.example.com", "--https", "code.example.com:8443")).Expect(0);
        string[] helpers = (await GitAsync("--global", "--get-all", "credential.https://git.example.com.helper")).Output.TrimEnd('\n').Split('\n');
        Assert.Equal([before.Contains("store", StringComparison.Ordinal) ? "store" : "", $"!'{SshfnProgram.Executable}' git-credential"], helpers);
        (await _sshfn.RunAsync("git-setup", "--https", "git.example.com", "--remove")).Expect(0);
        Assert.Contains("code.example.com", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        (await _sshfn.RunAsync("git-setup", "--remove")).Expect(0);
        Assert.Equal(before, await File.ReadAllTextAsync(file));
    }

    public void Dispose() => _sshfn.Dispose();

    private async Task<string> AllAsync(string level) => (await _sshfn.RunOtherAsync("git", "config", level, "--list")).Expect(0).Output;

    private async Task<ProcessRun> GitAsync(params string[] arguments) => (await _sshfn.RunOtherAsync("git", ["config", .. arguments])).Expect(0);
}
