using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SshFunctions.Api;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.Interop.Tests.Hook;

/// <summary>The hook between the stock client, a real broker and a stock sshd.</summary>
public sealed class HookTests : IAsyncLifetime
{
    private const int Patience = 120_000;

    private GuardedServer _guarded = null!;

    public async Task InitializeAsync() => _guarded = await GuardedServer.StartAsync();

    public async Task DisposeAsync() => await _guarded.DisposeAsync();

    [Fact(Timeout = Patience)]
    public async Task Lets_ssh_scp_sftp_and_rsync_in_on_one_certificate()
    {
        Support.Ssh.SshClient client = _guarded.Alice.Client;
        string sent = _guarded.Alice["sent"];
        string remote = _guarded.Server.Files;
        await File.WriteAllTextAsync(sent, "over the wire\n");

        Assert.Equal(_guarded.Server.Login, (await client.RunAsync(GuardedServer.Alias, ["id", "-un"])).Expect(0).Output.Trim());
        (await client.ScpAsync([sent, $"{GuardedServer.Alias}:{remote}/by-scp"])).Expect(0);
        (await client.SftpAsync(GuardedServer.Alias, $"put {sent} {remote}/by-sftp\nget {remote}/by-scp {_guarded.Alice["back"]}\n")).Expect(0);
        (await client.RsyncAsync([sent, $"{GuardedServer.Alias}:{remote}/by-rsync"])).Expect(0);

        foreach (string file in new[] { _guarded.Alice["back"], Path.Combine(remote, "by-sftp"), Path.Combine(remote, "by-rsync") })
            Assert.Equal("over the wire\n", await File.ReadAllTextAsync(file));
        Assert.Equal(1, await _guarded.MintCountAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task Asks_nothing_for_ssh_that_only_prints_its_configuration()
    {
        int before = _guarded.RequestCount;

        ProcessRun run = (await _guarded.Alice.Client.SshAsync(["-G", GuardedServer.Alias])).Expect(0);

        Assert.Contains($"certificatefile {_guarded.Alice.Destinations}/", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, _guarded.RequestCount);
        Assert.Equal(0, await _guarded.MintCountAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task Mints_once_for_sixteen_callers_at_once()
    {
        ProcessRun[] runs = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _guarded.HookAsync()));

        Assert.All(runs, run => Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Error)));
        Assert.Equal(1, await _guarded.MintCountAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task A_stolen_host_CA_lets_no_server_pose_as_another_once_the_next_certificate_is_there()
    {
        (await _guarded.Alice.Client.RunAsync(GuardedServer.Alias, ["true"])).Expect(0);
        await _guarded.Broker.Admin.PostAsync<RotateKeyRequest, KeyRotationResponse>(Routes.KeyRotations, new RotateKeyRequest("host-ca", Emergency: true));

        (await _guarded.Alice.RunAsync("cert", "--renew", "127.0.0.1", _guarded.Port, _guarded.Server.Login)).Expect(0);

        ProcessRun refused = await _guarded.Alice.Client.RunAsync(GuardedServer.Alias, ["true"]);
        Assert.Equal(255, refused.ExitCode);
        Assert.Contains("REVOKED", refused.Error, StringComparison.OrdinalIgnoreCase);
    }

    [FactForMachineCode(Timeout = Patience)]
    public async Task Opens_no_socket_while_the_certificate_holds()
    {
        (await _guarded.HookAsync()).Expect(0);
        string trace = _guarded.Alice["trace"];

        (await ProcessRun.ToEndAsync(
            "strace",
            ["-f", "-e", "trace=network", "-o", trace, ProductProgram.Sshfn.Path, "cert", "127.0.0.1", _guarded.Port, _guarded.Server.Login],
            environment: _guarded.Alice.Environment)).Expect(0);

        Assert.DoesNotContain('(', await File.ReadAllTextAsync(trace));
    }

    [Theory(Timeout = Patience)]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Leaves_nothing_behind_when_git_is_stopped_while_it_waits(string signal)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        // setsid makes git the leader of its own process group, which is what a terminal sends Ctrl-C to.
        var start = new ProcessStartInfo("setsid", ["git", "clone", "-q", $"ssh://{_guarded.Address}/nothing.git", "copy"])
        {
            WorkingDirectory = _guarded.Alice.Folder,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in _guarded.Alice.WithOwnSsh) start.Environment[name] = value;
        start.Environment["SSHFN_BROKER"] = $"http://{silent.LocalEndpoint}";
        start.Environment["SSHFN_TOKEN"] = _guarded.Broker.BootstrapToken;
        using Process git = Process.Start(start)!;
        using TcpClient waiting = await silent.AcceptTcpClientAsync();

        (await ProcessRun.ToEndAsync("kill", ["-s", signal, "--", "-" + git.Id.ToString(CultureInfo.InvariantCulture)])).Expect(0);
        await git.WaitForExitAsync();
        // git, ssh, its shell and the hook all hold this end; it closes with the last of them.
        string said = await git.StandardError.ReadToEndAsync();

        Assert.NotEqual(0, git.ExitCode);
        Assert.DoesNotContain("sshfn: error", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_guarded.Alice["copy"]));
        Assert.False(Directory.Exists(_guarded.Alice.Destinations), "the destination's folder comes with its first certificate");
        (await _guarded.HookAsync()).Expect(0);
    }
}
