using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.Interop.Tests.Hook;

/// <summary>Names of resources between the stock client, a real broker and a stock sshd.</summary>
public sealed class AliasTests : IAsyncLifetime
{
    private const int Patience = 120_000;

    private GuardedServer _guarded = null!;

    public async Task InitializeAsync() => _guarded = await GuardedServer.StartAsync();

    public async Task DisposeAsync() => await _guarded.DisposeAsync();

    [Theory(Timeout = Patience)]
    [InlineData("sshfn.git")]
    [InlineData("sshfn.production.git")]
    [InlineData("sshfn.acme.production.git")]
    public async Task Stock_ssh_knows_the_resource_by_its_name(string alias)
    {
        ProcessRun run = (await _guarded.Alice.Client.RunAsync(alias, ["id", "-un"])).Expect(0);
        Assert.Equal(_guarded.Server.Login, run.Output.Trim());
        Assert.Equal(1, await _guarded.MintCountAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task Sshfn_and_rsync_through_it_reach_the_resource_without_any_set_up()
    {
        (await _guarded.Alice.RunAsync("config-ssh", "--ssh-config", _guarded.Alice.SshConfiguration, "--remove")).Expect(0);
        Assert.Equal(_guarded.Server.Login, (await _guarded.Alice.RunAsync("ssh", "git", "id", "-un")).Expect(0).Output.Trim());
        await File.WriteAllTextAsync(_guarded.Alice["sent"], "over the wire\n");
        string remote = Path.Combine(_guarded.Server.Files, "by-rsync");
        (await ProcessRun.ToEndAsync(
            "rsync", ["-e", $"{ProductProgram.Sshfn.Path} ssh", _guarded.Alice["sent"], $"git:{remote}"], environment: _guarded.Alice.Environment)).Expect(0);
        Assert.Equal("over the wire\n", await File.ReadAllTextAsync(remote));
        Assert.Equal(1, await _guarded.MintCountAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task A_known_name_costs_the_broker_nothing()
    {
        (await _guarded.Alice.Client.RunAsync("sshfn.git", ["true"])).Expect(0);
        int before = _guarded.RequestCount;
        (await _guarded.Alice.Client.RunAsync("sshfn.git", ["true"])).Expect(0);
        Assert.Equal(before, _guarded.RequestCount);
    }
}
