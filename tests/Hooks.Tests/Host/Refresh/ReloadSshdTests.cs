using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Refresh;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Hooks.Tests.Host.Refresh;

/// <summary>A renewed certificate of a host key counts once sshd has read it: a real one, beside a fake broker.</summary>
public sealed class ReloadSshdTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 120_000;
    private const string Reloads = "Received SIGHUP; restarting.";

    private readonly FakeHostBroker _broker = new();
    private EnrollableSshd _sshd = null!;

    public async Task InitializeAsync() => _sshd = await EnrollableSshd.StartAsync();

    public async Task DisposeAsync() => await _sshd.DisposeAsync();

    public void Dispose() => _broker.Dispose();

    [Theory(Timeout = Patience)]
    [InlineData(false, ReloadWay.Auto)]
    [InlineData(true, ReloadWay.Auto)]
    [InlineData(true, ReloadWay.PidFile)]
    internal async Task Tells_the_sshd_that_listens_with_the_configuration(bool withPidFile, ReloadWay way)
    {
        using EnrolledHost host = Host(withPidFile ? PidFile : null, way);

        Assert.All(await host.RefreshAsync(), step => Assert.Null(step.Problem));

        await _sshd.LogSaysAsync(Reloads);
    }

    [Fact(Timeout = Patience)]
    public async Task Tells_it_also_where_the_pid_file_is_stale()
    {
        string stale = _sshd.Files.Root + "/stale.pid";
        await File.WriteAllTextAsync(stale, "1\n");
        using EnrolledHost host = Host(stale, ReloadWay.Auto);

        await host.RefreshAsync();

        await _sshd.LogSaysAsync(Reloads);
    }

    [Fact(Timeout = Patience)]
    public async Task Says_so_where_the_pid_file_must_lead_to_it_and_does_not()
    {
        using EnrolledHost host = Host(_sshd.Files.Root + "/none.pid", ReloadWay.PidFile);

        StepResult result = (await host.RefreshAsync()).Single(step => step.Step == "host certificates");

        Assert.Contains("sshd was not reloaded", result.Problem, StringComparison.Ordinal);
        Assert.Equal("configuration", Assert.Single(_broker.Alarms).Kind);
        Assert.DoesNotContain(Reloads, _sshd.Log, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Leaves_it_alone_when_that_was_wished()
    {
        using EnrolledHost host = Host(PidFile, ReloadWay.None);

        Assert.All(await host.RefreshAsync(), step => Assert.Null(step.Problem));

        Assert.DoesNotContain(Reloads, _sshd.Log, StringComparison.Ordinal);
    }

    private string PidFile => _sshd.Files.Root + "/sshd.pid";

    private EnrolledHost Host(string? pidFile, ReloadWay way) => new(
        _broker, settings => settings with { Sshd = _sshd.Files.Sshd, SshdConfig = _sshd.Files.SshdConfig, PidFile = pidFile, Reload = way });
}
