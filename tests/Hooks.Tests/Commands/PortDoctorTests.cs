using System.Net;
using System.Net.Sockets;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Commands;

/// <summary>Doctor on ports that are blocked, and on what a user's own configuration takes away.</summary>
public sealed class PortDoctorTests : IDisposable
{
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();
    private readonly TcpListener _open = new(IPAddress.Loopback, 0);
    private readonly int _blocked;

    public PortDoctorTests()
    {
        _open.Start();
        using TcpListener closed = new(IPAddress.Loopback, 0);
        closed.Start();
        _blocked = Port(closed);
        _broker.Resources = [new("acme/production/web", [new("127.0.0.1", _blocked), new("127.0.0.1", Port(_open))], ["deploy"], "sshd", "", "enabled", null)];
    }

    [Fact(Timeout = 60_000)]
    public async Task Names_the_open_alternative_and_aliases_take_it_from_then_on()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.RunAsync("alias", "sshfn.web")).Expect(0);
        Assert.Contains($"Port {_blocked}\n", AliasText(), StringComparison.Ordinal);
        ProcessRun run = await ExamineAsync();
        Assert.Contains(
            $"warn  acme/production/web does not answer at 127.0.0.1:{_blocked}\n      fix: 127.0.0.1:{Port(_open)} does: aliases and sshfn ssh take it from now on\n",
            run.Output, StringComparison.Ordinal);
        (await _sshfn.RunAsync("alias", "sshfn.web")).Expect(0);
        Assert.Contains($"Port {Port(_open)}\n", AliasText(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Fails_for_a_resource_that_answers_nowhere()
    {
        await _sshfn.SignInAsync(_broker);
        _open.Stop();
        ProcessRun run = (await ExamineAsync("web")).Expect(1);
        Assert.Contains("fail  acme/production/web does not answer at 127.0.0.1:", run.Output, StringComparison.Ordinal);
        ProcessRun unknown = (await ExamineAsync("nothing")).Expect(1);
        Assert.Contains("fail  no resource that you may see is called nothing\n", unknown.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("PubkeyAuthentication no", "switches PubkeyAuthentication off")]
    [InlineData("PreferredAuthentications password", "leaves publickey out of PreferredAuthentications")]
    [InlineData("GlobalKnownHostsFile /dev/null", "the host CA is not trusted for")]
    public async Task Finds_what_the_users_own_configuration_takes_away(string line, string finding)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_sshfn.UserConfig)!);
        _sshfn.Folder.Write("ssh/config", $"Host *\n  {line}\n");
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.RunAsync("config-ssh", "--ssh-config", _sshfn.UserConfig)).Expect(0);
        File.WriteAllText(_sshfn.UserConfig, $"{line}\n{File.ReadAllText(_sshfn.UserConfig)}");
        (await _sshfn.RunAsync("resources")).Expect(0);
        Assert.Contains(finding, (await ExamineAsync()).Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _open.Dispose();
        _broker.Dispose();
        _sshfn.Dispose();
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private string AliasText() => File.ReadAllText(_sshfn.Home + "/state/aliases/sshfn.web.conf");

    private Task<ProcessRun> ExamineAsync(params string[] resource) => _sshfn.RunAsync(["doctor", .. resource, "--ssh-config", _sshfn.UserConfig]);
}
