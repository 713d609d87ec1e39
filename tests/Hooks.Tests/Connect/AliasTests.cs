using SshFunctions.Api;
using SshFunctions.Support.Git;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Connect;

/// <summary>Stock programs reach resources by name, on real servers.</summary>
public sealed class AliasTests : IAsyncLifetime, IDisposable
{
    private readonly Servers _servers = new();

    private SshfnProgram Sshfn => _servers.Sshfn;

    private string AliasFolder => Sshfn.Home + "/state/aliases";

    public Task InitializeAsync() => _servers.InitializeAsync();

    [Fact(Timeout = 120_000)]
    public async Task Ssh_scp_sftp_and_git_reach_a_resource_that_was_made_after_config_ssh()
    {
        _servers.Show();
        await _servers.ConfigureAsync();
        _servers.ShowWeb();
        Assert.Equal("in\n", (await _servers.StockAsync("ssh", "sshfn.web", "echo", "in")).Expect(0).Output);
        Assert.Equal("in\n", (await _servers.StockAsync("ssh", "sshfn.acme.production.web", "echo", "in")).Expect(0).Output);
        string file = Sshfn.Folder.Write("file", "text");
        (await _servers.StockAsync("scp", file, "sshfn.production.web:copied")).Expect(0);
        string batch = Sshfn.Folder.Write("batch", $"get copied {Sshfn.Folder["back"]}\n");
        (await _servers.StockAsync("sftp", "-b", batch, "sshfn.web")).Expect(0);
        Assert.Equal("text", File.ReadAllText(Sshfn.Folder["back"]));
        GitRepository repository = await GitRepository.CreateAsync(_servers.First, "app");
        Sshfn.Variables["GIT_SSH_COMMAND"] = $"ssh -F {Sshfn.UserConfig}";
        (await Sshfn.RunOtherAsync("git", "clone", "-q", repository.Url("sshfn.web"), "clone")).Expect(0);
        Assert.Equal(1, _servers.Broker.Mints);
    }

    [Fact(Timeout = 120_000)]
    public async Task Git_through_sshfn_reaches_a_resource_before_config_ssh_has_run()
    {
        _servers.ShowWeb();
        GitRepository repository = await GitRepository.CreateAsync(_servers.First, "app");
        Sshfn.Variables["GIT_SSH_COMMAND"] = $"{SshfnProgram.Executable} ssh";
        Sshfn.Variables["GIT_SSH_VARIANT"] = "ssh";
        (await Sshfn.RunOtherAsync("git", "clone", "-q", $"acme.production.web:{repository.Path}", "clone")).Expect(0);
        Assert.Equal(1, _servers.Broker.Mints);
        Assert.False(File.Exists(Sshfn.UserConfig));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_user_and_instance_that_were_typed_win()
    {
        _servers.Show(new ResourceResponse(
            "acme/production/app", [new("127.0.0.1", _servers.First.Port, 0), new("127.0.0.1", _servers.Second.Port, 1)], [_servers.First.Login], "plain-sshd", "", "enabled", null));
        await _servers.ConfigureAsync();
        string[] command = ["echo", "$SSH_CONNECTION"];
        ProcessRun first = (await _servers.StockAsync("ssh", ["sshfn.app", .. command])).Expect(0);
        Assert.EndsWith($" {_servers.First.Port}\n", first.Output, StringComparison.Ordinal);
        ProcessRun second = (await _servers.StockAsync("ssh", [$"{_servers.Second.Login}@sshfn.app.1", .. command])).Expect(0);
        Assert.EndsWith($" {_servers.Second.Port}\n", second.Output, StringComparison.Ordinal);
        ProcessRun none = await _servers.StockAsync("ssh", ["sshfn.app.7", .. command]);
        Assert.Contains("acme/production/app has no instance 7", none.Error, StringComparison.Ordinal);
        Assert.Contains("hint: it has 0, 1", none.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_jump_host_gets_its_own_certificate_by_the_same_configuration()
    {
        ResourceResponse inner = new("acme/production/inner", [new("127.0.0.1", _servers.Second.Port)], [_servers.Second.Login], "plain-sshd", "", "enabled", null, Jump: Servers.Path);
        _servers.Show(inner, _servers.ShowWeb());
        await _servers.ConfigureAsync();
        ProcessRun run = (await _servers.StockAsync("ssh", "sshfn.inner", "echo", "in")).Expect(0);
        Assert.Equal("in\n", run.Output);
        Assert.Equal(2, _servers.Broker.Mints);
        Assert.Contains($"Accepted publickey for {_servers.First.Login}", _servers.First.Log, StringComparison.Ordinal);
        Assert.Contains($"Accepted publickey for {_servers.Second.Login}", _servers.Second.Log, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_behind_nat_is_reached_through_a_port_of_the_bastion_under_its_own_name()
    {
        ResourceResponse box = new(
            "acme/production/box", [new("box.lan", 22)], [_servers.Second.Login], "plain-sshd", "", "enabled", null,
            Tunnel: new ReverseTunnel(Servers.Path, "tunnel", _servers.Second.Port));
        _servers.Show(box, _servers.ShowWeb());
        await _servers.ConfigureAsync();
        foreach (string name in new[] { "sshfn.box", "box.lan" })
        {
            ProcessRun run = (await _servers.StockAsync("ssh", $"{_servers.Second.Login}@{name}", "echo", "in")).Expect(0);
            Assert.Equal("in\n", run.Output);
        }

        Assert.Contains($"Accepted publickey for {_servers.First.Login}", _servers.First.Log, StringComparison.Ordinal);
        Assert.Contains($"Accepted publickey for {_servers.Second.Login}", _servers.Second.Log, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_way_that_goes_in_a_circle_or_through_the_unseen_is_refused()
    {
        ResourceResponse web = _servers.ShowWeb() with { Jump = "acme/production/bastion" };
        _servers.Show(web, web with { Path = "acme/production/bastion", Jump = Servers.Path });
        ProcessRun circle = (await Sshfn.RunAsync("alias", "sshfn.web")).Expect(1);
        Assert.Contains("the way to acme/production/web goes in a circle at acme/production/web", circle.Error, StringComparison.Ordinal);
        _servers.Show(web);
        (await Sshfn.RunAsync("resources")).Expect(0);
        ProcessRun unseen = (await Sshfn.RunAsync("alias", "sshfn.web")).Expect(1);
        Assert.Contains("is reached through acme/production/bastion, which you may not see", unseen.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_blocked_port_is_passed_over_once_doctor_has_found_it()
    {
        ResourceResponse web = _servers.ShowWeb();
        // Nobody listens on port 1 of loopback.
        _servers.Show(web with { Hosts = [new("127.0.0.1", 1), .. web.Hosts] });
        await _servers.ConfigureAsync();
        Assert.Contains("port 1: Connection refused", (await _servers.StockAsync("ssh", "sshfn.web", "true")).Error, StringComparison.Ordinal);
        await Sshfn.RunAsync("doctor", "web", "--ssh-config", Sshfn.UserConfig);
        (await _servers.StockAsync("ssh", "sshfn.web", "true")).Expect(0);
        (await Sshfn.RunAsync("ssh", "web", "true")).Expect(0);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_known_alias_works_while_the_broker_is_away()
    {
        _servers.ShowWeb();
        await _servers.ConfigureAsync();
        (await _servers.StockAsync("ssh", "sshfn.web", "true")).Expect(0);
        _servers.Broker.Stop();
        foreach (string file in Directory.GetFiles(AliasFolder).Append(Sshfn.Home + "/state/catalog.json"))
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        (await _servers.StockAsync("ssh", "sshfn.web", "true")).Expect(0);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_removed_resource_loses_its_alias()
    {
        _servers.ShowWeb();
        await _servers.ConfigureAsync();
        (await _servers.StockAsync("ssh", "sshfn.web", "true")).Expect(0);
        Assert.NotEmpty(Directory.GetFiles(AliasFolder));
        _servers.Show();
        await Sshfn.RunAsync("resources");
        Assert.Empty(Directory.GetFiles(AliasFolder));
        ProcessRun run = await _servers.StockAsync("ssh", "sshfn.web", "true");
        Assert.Contains("sshfn: error: no resource that you may see is called sshfn.web", run.Error, StringComparison.Ordinal);
        Assert.Equal(255, run.ExitCode);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("evil\nProxyCommand touch pwned", "deploy", null)]
    [InlineData("-oProxyCommand=touch", "deploy", null)]
    [InlineData("a\" b", "deploy", null)]
    [InlineData("%h", "deploy", null)]
    [InlineData("*", "deploy", null)]
    [InlineData("127.0.0.1", "x\n  ProxyCommand touch pwned", null)]
    [InlineData("127.0.0.1", "-x y", null)]
    [InlineData("127.0.0.1", "deploy", "a/b/c\n  LocalCommand touch pwned")]
    public async Task A_hostile_answer_writes_nothing_but_hosts_logins_and_names(string host, string login, string? jump)
    {
        ResourceResponse resource = new(Servers.Path, [new(host, 22)], [login], "sshd", "", "enabled", null, Jump: jump);
        _servers.Show(resource, resource with { Path = jump?.Split('\n')[0] ?? "a/b/c", Jump = null });
        await _servers.ConfigureAsync();
        await Sshfn.RunAsync("alias", "sshfn.web");
        string written = string.Join('\n', Directory.Exists(AliasFolder) ? Directory.GetFiles(AliasFolder, "*.conf").Select(File.ReadAllText) : []);
        Assert.DoesNotContain("touch", written, StringComparison.Ordinal);
        Assert.DoesNotContain("%h\n", written, StringComparison.Ordinal);
        Assert.DoesNotContain("User -", written, StringComparison.Ordinal);
        Assert.DoesNotContain("HostName *", written, StringComparison.Ordinal);
        Assert.DoesNotContain("touch", File.ReadAllText(Sshfn.Config + "/ssh_config"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_path_that_is_none_is_refused_and_nothing_written()
    {
        _servers.Show(new ResourceResponse("a\n  ProxyCommand touch owned\n#/b/web", [new("web.example.com", 22)], ["deploy"], "sshd", "", "enabled", null));
        await Sshfn.RunAsync("alias", "sshfn.web");
        Assert.Empty(Directory.Exists(AliasFolder) ? Directory.GetFiles(AliasFolder, "*.conf") : []);
        Assert.Contains("none", (await Sshfn.RunAsync("resources")).Expect(1).Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("sshfn.../../x")]
    [InlineData("sshfn.a/b")]
    [InlineData("other.web")]
    [InlineData("sshfn.a*")]
    public async Task Refuses_a_name_that_is_no_alias(string name) => (await Sshfn.RunAsync("alias", name)).Expect(2);

    public Task DisposeAsync() => _servers.DisposeAsync();

    public void Dispose() => _servers.Dispose();
}
