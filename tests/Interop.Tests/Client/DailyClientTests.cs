using System.Text.Json;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.Interop.Tests.Client;

/// <summary>What an administrator and a developer do with <c>sshfn</c> all day, against a real broker and a stock sshd.</summary>
public sealed class DailyClientTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 180_000;

    private readonly SshfnUser _admin = new();
    private GuardedServer _guarded = null!;

    public async Task InitializeAsync()
    {
        _guarded = await GuardedServer.StartAsync("--ssh-host-pattern", "*.loopback.example", "--ssh-host-pattern", "*.corp.example.org");
        await _admin.SignInAsync(_guarded.Broker, _guarded.Broker.BootstrapToken);
    }

    public async Task DisposeAsync() => await _guarded.DisposeAsync();

    public void Dispose() => _admin.Dispose();

    [Fact(Timeout = Patience)]
    public async Task What_an_administrator_says_of_a_resource_a_developer_finds()
    {
        (await _admin.RunAsync(
            "resource", "put", "acme/production/app", "--host", "app0.example.com=0", "--host", "app1.example.com:2222=1", "--login", "app",
            "--service", "database=127.0.0.1:5432", "--jump", "acme/production/git", "--login-command", "cd /app && exec sh", "--max-life", "10m")).Expect(0);
        (await _admin.RunAsync(
            "grant", "put", "alice-app", "--path", "acme/production/app", "--role", "developer", "--subject", "alice",
            "--permission", "pty", "--permission", "port-forwarding", "--forward-target", "127.0.0.1:5432")).Expect(0);

        ProcessRun list = (await _guarded.Alice.RunAsync("resources")).Expect(0);
        Assert.Contains("app   acme/production/app  app0.example.com=0 app1.example.com:2222=1  app", list.Output, StringComparison.Ordinal);
        JsonElement connect = JsonDocument.Parse((await _guarded.Alice.RunAsync("resources", "show", "app", "-i", "1", "--connect", "--json")).Expect(0).Output).RootElement;
        Assert.Equal(("app1.example.com", "2222", "app"), (Text(connect, "host"), Text(connect, "port"), Text(connect, "user")));
        Assert.Equal("sshfn.acme.production.git", Text(connect, "jump"));
        Assert.Equal("ssh sshfn.acme.production.app.1", Text(connect, "ssh"));
        ProcessRun service = (await _guarded.Alice.RunAsync("tunnel", "open", "app", "mail")).Expect(4);
        Assert.Contains("it has database", service.Error, StringComparison.Ordinal);

        (await _admin.RunAsync("resource", "put", "acme/production/app", "--service", "", "--jump", "", "--login-command", "")).Expect(0);
        ProcessRun after = (await _admin.RunAsync("resource", "show", "acme/production/app")).Expect(0);
        Assert.DoesNotContain("database", after.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("jump", after.Output, StringComparison.Ordinal);
        Assert.Contains("600 s", after.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("acme")]
    [InlineData("acme/production")]
    [InlineData("acme/production/git")]
    public async Task Switching_off_refuses_the_next_mint_and_explains_it(string path)
    {
        ProcessRun allowed = (await _guarded.Alice.RunAsync("explain", "git")).Expect(0);
        Assert.StartsWith($"allowed: alice as {_guarded.Server.Login} on acme/production/git\n", allowed.Output, StringComparison.Ordinal);
        (await _admin.RunAsync("switch", "off", path, "--reason", "release in progress")).Expect(0);
        ProcessRun refused = (await _guarded.Alice.RunAsync("explain", "git")).Expect(1);
        Assert.Contains(">  ssh-switch", refused.Output, StringComparison.Ordinal);
        Assert.Contains("no", refused.Output, StringComparison.Ordinal);
        ProcessRun ssh = await _guarded.Alice.RunAsync("ssh", "-oBatchMode=yes", "git", "true");
        Assert.Contains("sshfn: error: ", ssh.Error, StringComparison.Ordinal);
        Assert.Equal((255, 0), (ssh.ExitCode, await _guarded.MintCountAsync()));
        (await _admin.RunAsync("switch", "on", path)).Expect(0);
        (await _guarded.Alice.RunAsync("ssh", "-oBatchMode=yes", "git", "true")).Expect(0);
    }

    [Fact(Timeout = Patience)]
    public async Task A_developer_cannot_switch_an_environment_nor_explain_others()
    {
        (await _guarded.Alice.RunAsync("switch", "off", "acme/production")).Expect(1);
        (await _guarded.Alice.RunAsync("switch", "off", "acme/production/git")).Expect(0);
        ProcessRun other = (await _admin.RunAsync("explain", "acme/production/git", "-l", _guarded.Server.Login, "--subject", "bob", "--group", "ops")).Expect(1);
        Assert.StartsWith("refused: bob as ", other.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task The_operators_patterns_reach_the_managed_file()
    {
        string managed = await File.ReadAllTextAsync(_guarded.Alice["home/config/ssh_config"]);
        Assert.Contains("Match final host \"*.corp.example.org,*.loopback.example\" !originalhost \"sshfn.*\" !host \"127.0.0.1\" exec ", managed, StringComparison.Ordinal);
        ProcessRun run = await _guarded.Alice.Client.SshAsync(["-v", "-o", "ProxyCommand=false", "-l", "alice", "nobody.loopback.example", "true"]);
        Assert.DoesNotContain("sshfn:", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_guarded.Alice.Destinations, run.Error, StringComparison.Ordinal);
        Assert.Contains("identity file", run.Error, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
