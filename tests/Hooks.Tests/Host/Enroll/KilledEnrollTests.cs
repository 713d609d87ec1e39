using System.Diagnostics;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Host.Enroll;

/// <summary>SIGKILL just before a file is put in its place: sshd is never without a whole configuration, and all of it can be undone.</summary>
public sealed class KilledEnrollTests : IAsyncLifetime
{
    private const int Patience = 180_000;
    private const int Killed = 137;

    private EnrollableHost _host = null!;

    public async Task InitializeAsync() => _host = await EnrollableHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory(Timeout = Patience)]
    [InlineData("the record", "host/backup/record.json", 1)]
    [InlineData("the PAM service", "", 1)]
    [InlineData("the drop-in", "etc/sshd_config.d/00-sshfn.conf", 1)]
    [InlineData("the record's last word", "host/backup/record.json", 2)]
    public async Task Is_undone_when_it_was_killed_before_it_put_down(string what, string file, int time)
    {
        string before = await _host.Server.Files.SnapshotAsync();

        await KillAsync(file.Length == 0 ? _host.Server.Files.PamService : $"{_host.Server.Files.Root}/{file}", time);

        await UndoneAsync(what, before);
    }

    [Theory(Timeout = Patience)]
    [InlineData("GET", Routes.RevocationListSignature)]
    [InlineData("POST", Routes.Hosts)]
    [InlineData("POST", Routes.HostCertificates)]
    public async Task Is_undone_when_it_was_killed_while_it_asked(string method, string route)
    {
        string before = await _host.Server.Files.SnapshotAsync();
        _host.Broker.On(method, route, _ =>
        {
            using Process enrolling = Process.GetProcessById(FindEnrolling());
            enrolling.Kill();
            enrolling.WaitForExit();
            return new FakeAnswer(500, "");
        });

        (await _host.TryToEnrollAsync()).Expect(Killed);

        await UndoneAsync(route, before);
    }

    [Fact(Timeout = Patience)]
    public async Task Goes_on_with_the_token_it_was_given_when_it_is_run_again()
    {
        await KillAsync(_host.Server.Files.DropIn, 1);
        Assert.True(_host.Hosts.IsTokenUsed);

        ProcessRun run = await _host.EnrollAsync("--no-sessions");

        Assert.Contains("an enrollment that did not come to its end has been undone", run.Error, StringComparison.Ordinal);
        (await (await _host.ClientAsync($"{_host.Server.Login}@{FakeHosts.Resource}")).RunAsync(EnrollableHost.Alias, ["true"])).Expect(0);
    }

    private async Task UndoneAsync(string what, string before)
    {
        (await ProcessRun.ToEndAsync(_host.Server.Files.Sshd, ["-t", "-f", _host.Server.Files.SshdConfig])).Expect(0);
        ProcessRun undone = await _host.Server.HostAsync("unenroll");
        Assert.True(undone.ExitCode == 0, $"{what}: {undone.Error}");
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());
        Assert.False(Directory.Exists(_host.Server.Files.Folder));
    }

    // The only process that runs this test's own copy of sshfn.
    private int FindEnrolling() => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? id : 0)
        .Single(id => id > 0 && new FileInfo($"/proc/{id}/exe").LinkTarget == _host.Server.Files.Sshfn);

    // strace knows a rename by what it renames.
    private async Task KillAsync(string path, int time)
    {
        string[] trace = ["-f", "-o", "/dev/null", "-P", path + ".sshfn-new", "-e", "trace=rename,renameat,renameat2", "-e", $"inject=rename,renameat,renameat2:signal=SIGKILL:when={time}"];
        ProcessRun run = await ProcessRun.ToEndAsync(
            "strace",
            [.. trace, _host.Server.Files.Sshfn, "host", "enroll", "--folder", _host.Server.Files.Folder, "--run-folder", _host.Server.Files.RunFolder,
                "--broker", _host.Broker.Address, "--token-stdin", "--passcodes", .. _host.Server.Machine],
            FakeHosts.EnrollmentToken);
        Assert.Equal(Killed, run.ExitCode);
    }
}
