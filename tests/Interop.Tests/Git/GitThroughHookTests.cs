using SshFunctions.Support.Git;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.Interop.Tests.Git;

/// <summary>A developer types <c>git clone</c>, and it works, in each of the three ways git can be told of ssh.</summary>
public sealed class GitThroughHookTests : IAsyncLifetime
{
    private const int Patience = 180_000;

    private GuardedServer _guarded = null!;

    public static TheoryData<string> Ways => ["managed ssh config", "core.sshCommand", "GIT_SSH_COMMAND"];

    public async Task InitializeAsync() => _guarded = await GuardedServer.StartAsync();

    public async Task DisposeAsync() => await _guarded.DisposeAsync();

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Ways))]
    public async Task Clones_fetches_and_pushes_on_one_certificate(string way)
    {
        GitRepository repository = await GitRepository.CreateAsync(_guarded.Server, "app");
        GitClient git = await GitAsync(way);
        string url = repository.Url(_guarded.Address);

        await git.DoAsync(_guarded.Alice.Folder, ["clone", "-q", url, "first"]);
        await git.DoAsync(_guarded.Alice.Folder, ["clone", "-q", url, "second"]);
        string commit = await git.CommitAsync(_guarded.Alice["first"], "news", "from the first\n");
        await git.DoAsync(_guarded.Alice["first"], ["push", "-q", "origin", GitRepository.Branch]);
        await git.DoAsync(_guarded.Alice["second"], ["fetch", "-q"]);

        Assert.Equal(commit, await repository.HeadAsync());
        Assert.Equal(commit, await git.DoAsync(_guarded.Alice["second"], ["rev-parse", "origin/main"]));
        ulong serial = Assert.Single(await _guarded.Broker.Admin.JournalAsync("certificate.issued")).Serial;
        await _guarded.Server.LogSaysAsync($"ID alice (serial {serial}) CA ECDSA");
    }

    [Fact(Timeout = Patience)]
    public async Task Is_refused_by_the_same_server_without_the_hook()
    {
        GitRepository repository = await GitRepository.CreateAsync(_guarded.Server, "app");
        var git = new GitClient(_guarded.Alice.With(
            "GIT_SSH_COMMAND", "ssh -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"));

        ProcessRun run = await git.RunAsync(_guarded.Alice.Folder, ["clone", "-q", repository.Url(_guarded.Address), "copy"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Permission denied (publickey)", run.Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Ways))]
    public async Task Clones_eight_submodules_at_once_on_one_certificate(string way)
    {
        GitRepository repository = await GitRepository.CreateAsync(_guarded.Server, "app", submoduleCount: 8);
        GitClient git = await GitAsync(way);

        await git.DoAsync(
            _guarded.Alice.Folder, ["clone", "-q", "--recurse-submodules", "-j8", repository.Url(_guarded.Address), "copy"]);

        Assert.All(Enumerable.Range(1, 8), number => Assert.True(File.Exists(_guarded.Alice[$"copy/module-{number}/README.md"])));
        Assert.Equal(1, await _guarded.MintCountAsync());
    }

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Ways))]
    public async Task Clones_again_without_the_broker_while_the_certificate_holds(string way)
    {
        GitRepository repository = await GitRepository.CreateAsync(_guarded.Server, "app");
        GitClient git = await GitAsync(way);
        await git.DoAsync(_guarded.Alice.Folder, ["clone", "-q", repository.Url(_guarded.Address), "first"]);

        int before = _guarded.RequestCount;
        await git.DoAsync(_guarded.Alice.Folder, ["clone", "-q", repository.Url(_guarded.Address), "second"]);
        Assert.Equal(before, _guarded.RequestCount);
        await _guarded.Broker.StopAsync();

        await git.DoAsync(_guarded.Alice.Folder, ["clone", "-q", repository.Url(_guarded.Address), "third"]);
    }

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Ways))]
    public async Task Says_in_one_line_that_the_broker_is_away_when_there_is_no_certificate(string way)
    {
        GitRepository repository = await GitRepository.CreateAsync(_guarded.Server, "app");
        GitClient git = await GitAsync(way);
        string broker = _guarded.Broker.Url.GetLeftPart(UriPartial.Authority);
        await _guarded.Broker.KillAsync();

        ProcessRun run = await git.RunAsync(_guarded.Alice.Folder, ["clone", "-q", repository.Url(_guarded.Address), "copy"]);

        Assert.NotEqual(0, run.ExitCode);
        string line = Assert.Single(run.Error.Split('\n'), line => line.StartsWith("sshfn: error: ", StringComparison.Ordinal));
        Assert.Contains(broker, line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_guarded.Alice["copy"]));
    }

    [Fact(Timeout = Patience)]
    public async Task Is_refused_after_revocation_once_the_server_has_the_list()
    {
        GitRepository repository = await GitRepository.CreateAsync(_guarded.Server, "app");
        GitClient git = await GitAsync("managed ssh config");
        await git.DoAsync(_guarded.Alice.Folder, ["clone", "-q", repository.Url(_guarded.Address), "first"]);

        using var admin = new Support.Sshfn.SshfnUser();
        await admin.SignInAsync(_guarded.Broker, _guarded.Broker.BootstrapToken);
        (await admin.RunAsync("revoke", "--grant", "alice-git", "--reason", "left the team")).Expect(0);
        await _guarded.RefreshRevocationListAsync();
        ProcessRun run = await git.RunAsync(_guarded.Alice.Folder, ["clone", "-q", repository.Url(_guarded.Address), "second"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Permission denied (publickey)", run.Error, StringComparison.Ordinal);
        await _guarded.Server.LogSaysAsync("revoked by file");
        Assert.Equal(1, await _guarded.MintCountAsync());
    }

    private async Task<GitClient> GitAsync(string way)
    {
        switch (way)
        {
            case "managed ssh config":
                return new GitClient(_guarded.Alice.WithOwnSsh);
            case "core.sshCommand":
                (await _guarded.Alice.RunAsync("git-setup", "--global")).Expect(0);
                return new GitClient(_guarded.Alice.Environment);
            default:
                return new GitClient(new Dictionary<string, string?>(_guarded.Alice.Environment)
                {
                    ["GIT_SSH_COMMAND"] = $"{ProductProgram.Sshfn.Path} git-ssh",
                    ["GIT_SSH_VARIANT"] = "ssh",
                });
        }
    }
}
