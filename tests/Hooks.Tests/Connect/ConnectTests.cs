using SshFunctions.Api;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Connect;

/// <summary><c>sshfn ssh</c>, <c>sftp</c>, <c>scp</c> and rsync through it, for somebody who never ran config-ssh.</summary>
public sealed class ConnectTests : IAsyncLifetime, IDisposable
{
    private readonly Servers _servers = new();

    private SshfnProgram Sshfn => _servers.Sshfn;

    public async Task InitializeAsync()
    {
        await _servers.InitializeAsync();
        _servers.ShowWeb();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("web")]
    [InlineData("production/web")]
    [InlineData("acme/production/web")]
    [InlineData("sshfn.web")]
    [InlineData("127.0.0.1")]
    public async Task Ssh_runs_a_command_on_a_resource(string name)
    {
        ProcessRun run = (await Sshfn.RunAsync("ssh", "-o", "BatchMode=yes", name, "echo", "in")).Expect(0);
        Assert.Equal("in\n", run.Output);
    }

    [Fact(Timeout = 120_000)]
    public async Task Own_options_stand_in_front_and_those_of_ssh_behind()
    {
        _servers.Show(
            _servers.Broker.Resources[0],
            new ResourceResponse("acme/staging/web", [new("127.0.0.1", _servers.Second.Port, 1)], ["nobody"], "plain-sshd", "", "enabled", null));
        ProcessRun ambiguous = (await Sshfn.RunAsync("ssh", "web", "true")).Expect(2);
        Assert.Equal(
            "sshfn: error: web may mean acme/production/web, acme/staging/web\nsshfn: hint: write the whole path, or narrow it with -p PROJECT and -e ENVIRONMENT\n", ambiguous.Error);
        ProcessRun run = (await Sshfn.RunAsync("ssh", "-e", "staging", "-i1", "-l", _servers.Second.Login, "web", "-e", "none", "-oBatchMode=yes", "echo", "$SSH_CONNECTION")).Expect(0);
        Assert.EndsWith($" {_servers.Second.Port}\n", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_login_command_runs_when_none_was_given()
    {
        _servers.Show(_servers.Broker.Resources[0] with { LoginCommand = "echo from the app" });
        Assert.Equal("from the app\n", (await Sshfn.RunAsync("ssh", "-oLogLevel=ERROR", "web")).Expect(0).Output.Replace("\r", "", StringComparison.Ordinal));
        Assert.Equal("own\n", (await Sshfn.RunAsync("ssh", "web", "echo", "own")).Expect(0).Output);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("web")]
    [InlineData("web", "--")]
    public async Task A_login_command_never_becomes_an_option_of_ssh(params string[] words)
    {
        _servers.Show(_servers.Broker.Resources[0] with { LoginCommand = $"-oProxyCommand=touch {Sshfn.Folder["pwned"]}" });
        await Sshfn.RunAsync(["ssh", "-oLogLevel=ERROR", .. words]);
        await _servers.First.LogSaysAsync("Accepted publickey");
        Assert.False(File.Exists(Sshfn.Folder["pwned"]));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_login_never_becomes_an_option_of_ssh()
    {
        ProcessRun run = (await Sshfn.RunAsync("ssh", "-l", $"-oProxyCommand=touch {Sshfn.Folder["pwned"]}", "web")).Expect(2);
        Assert.Contains("can't be a login", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Rsync_takes_it_as_its_remote_shell()
    {
        string file = Sshfn.Folder.Write("file", "text");
        (await Sshfn.RunOtherAsync("rsync", "-e", $"{SshfnProgram.Executable} ssh", file, $"{_servers.First.Login}@web:copied")).Expect(0);
        (await Sshfn.RunOtherAsync("rsync", "-e", $"{SshfnProgram.Executable} ssh -e production", "web:copied", Sshfn.Folder["back"])).Expect(0);
        Assert.Equal("text", File.ReadAllText(Sshfn.Folder["back"]));
    }

    [Fact(Timeout = 120_000)]
    public async Task Scp_and_sftp_take_resources_for_hosts()
    {
        string file = Sshfn.Folder.Write("file", "text");
        (await Sshfn.RunAsync("scp", "-q", "-e", "production", "--", "-p", file, "acme/production/web:copied")).Expect(0);
        string batch = Sshfn.Folder.Write("batch", $"get copied {Sshfn.Folder["back"]}\n");
        (await Sshfn.RunAsync("sftp", "-b", batch, "web")).Expect(0);
        Assert.Equal("text", File.ReadAllText(Sshfn.Folder["back"]));
        (await Sshfn.RunAsync("sftp", "web", "-b", batch)).Expect(0);
        ProcessRun run = (await Sshfn.RunAsync("scp", file, "elsewhere")).Expect(2);
        Assert.Contains("neither source nor target is on a resource", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_name_that_is_no_resource_is_not_passed_on()
    {
        ProcessRun run = (await Sshfn.RunAsync("ssh", "db", "true")).Expect(4);
        Assert.Equal(
            "sshfn: error: no resource that you may see is called db\nsshfn: hint: list them: sshfn resources; a host that is none is reached with ssh itself\n", run.Error);
    }

    public Task DisposeAsync() => _servers.DisposeAsync();

    public void Dispose() => _servers.Dispose();
}
