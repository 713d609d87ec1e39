using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;

namespace SshFunctions.Hooks.Tests.Host.Enroll;

/// <summary>A stock sshd is enrolled, serves certificates, and is as it was afterwards, to the byte.</summary>
public sealed class EnrollTests : IAsyncLifetime
{
    private const int Patience = 120_000;

    private EnrollableHost _host = null!;

    public async Task InitializeAsync() => _host = await EnrollableHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact(Timeout = Patience)]
    public async Task Certificates_enter_after_enroll_and_not_after_unenroll_which_restores_every_byte()
    {
        string before = await _host.Server.Files.SnapshotAsync();
        SshClient alice = await _host.ClientAsync($"{_host.Server.Login}@{FakeHosts.Resource}");
        SshClient elsewhere = await _host.ClientAsync($"{_host.Server.Login}@acme/production/other");
        SshClient bare = await _host.ClientAsync(_host.Server.Login);

        ProcessRun run = await _host.EnrollAsync("--no-sessions");

        Assert.Contains($"resource  {FakeHosts.Resource}\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(_host.Server.Login, (await alice.RunAsync(EnrollableHost.Alias, ["id", "-un"])).Expect(0).Output.Trim());
        (await elsewhere.RunAsync(EnrollableHost.Alias, ["true"])).Expect(255);
        (await bare.RunAsync(EnrollableHost.Alias, ["true"])).Expect(255);
        Assert.Equal("9.2", _host.Hosts.Request!.SshdVersion[..3]);
        Assert.Equal(2, _host.Hosts.Request.HostKeys.Count);

        ProcessRun end = await _host.Server.UnenrollAsync();

        Assert.Contains("the broker has forgotten host", end.Output, StringComparison.Ordinal);
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());
        Assert.False(Directory.Exists(_host.Server.Files.Folder));
        Assert.False(Directory.Exists(_host.Server.Files.RunFolder));
        Assert.False(_host.Hosts.IsEnrolled);
        (await alice.RunAsync(EnrollableHost.Alias, ["true"])).Expect(255);
    }

    [Fact(Timeout = Patience)]
    public async Task Pam_is_restored_too_with_its_mode_and_owner()
    {
        string pam = _host.Server.Files.PamService;
        File.SetUnixFileMode(pam, (UnixFileMode)0x1A0);
        (await ProcessRun.ToEndAsync("chgrp", ["daemon", pam])).Expect(0);
        string before = await _host.Server.Files.SnapshotAsync();

        await _host.EnrollAsync("--passcodes", "--registered-keys");

        string changed = await File.ReadAllTextAsync(pam);
        Assert.Contains($"pam_exec.so expose_authtok quiet stdout {_host.Server.Files.Sshfn} host passcode --folder {_host.Server.Files.Folder}", changed, StringComparison.Ordinal);
        Assert.DoesNotContain("@include common-auth", changed, StringComparison.Ordinal);
        Assert.Contains("@include common-account", changed, StringComparison.Ordinal);
        await _host.Server.UnenrollAsync();
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task The_live_session_goes_on_through_enroll_and_unenroll()
    {
        SshClient alice = await _host.ClientAsync($"{_host.Server.Login}@{FakeHosts.Resource}");
        await _host.EnrollAsync("--no-sessions");
        string gate = $"{_host.Server.Files.Root}/files/gate";
        (await ProcessRun.ToEndAsync("mkfifo", ["-m", "666", gate])).Expect(0);
        Task<ProcessRun> session = alice.RunAsync(EnrollableHost.Alias, ["cat", gate]);
        // Opens only when the session reads.
        await using FileStream end = new(gate, FileMode.Open, FileAccess.Write);

        await _host.Server.UnenrollAsync();

        await end.WriteAsync("still here\n"u8.ToArray());
        end.Close();
        Assert.Equal("still here\n", (await session).Expect(0).Output);
    }

    [Fact(Timeout = Patience)]
    public async Task Works_with_the_broker_away_when_it_is_taken_back()
    {
        string before = await _host.Server.Files.SnapshotAsync();
        await _host.EnrollAsync();
        _host.Broker.Stop();

        ProcessRun run = await _host.Server.UnenrollAsync();

        Assert.Contains("the broker still lists host", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());
        Assert.False(Directory.Exists(_host.Server.Files.Folder));
    }

    [Fact(Timeout = Patience)]
    public async Task Shows_every_change_and_makes_none_in_a_dry_run()
    {
        string before = await _host.Server.Files.SnapshotAsync();

        ProcessRun run = (await _host.TryToEnrollAsync("--dry-run", "--passcodes")).Expect(0);

        Assert.Contains($"+++ {_host.Server.Files.DropIn}\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("+PasswordAuthentication yes\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"--- {_host.Server.Files.PamService}\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());
        Assert.False(Directory.Exists(_host.Server.Files.Folder));
        Assert.Empty(_host.Broker.Requests);
    }

    [Fact(Timeout = Patience)]
    public async Task Stays_a_host_of_its_broker_when_the_other_one_has_keys_that_it_does_not_trust()
    {
        await _host.EnrollAsync("--no-sessions");
        string settings = await File.ReadAllTextAsync(_host.Server.Files.Folder + "/host.json");
        using FakeHostBroker other = new();

        ProcessRun refused = (await _host.Server.HostAsync(
            "enroll", FakeHosts.EnrollmentToken, ["--again", "--no-sessions", "--broker", other.Broker.Address, "--token-stdin", .. _host.Server.Machine])).Expect(5);

        Assert.Contains($"this machine is a host of {_host.Broker.Address}, and {other.Broker.Address} is another broker", refused.Error, StringComparison.Ordinal);
        Assert.Contains("sshfn host unenroll", refused.Error, StringComparison.Ordinal);
        Assert.Equal(settings, await File.ReadAllTextAsync(_host.Server.Files.Folder + "/host.json"));
        Assert.DoesNotContain(other.Broker.Requests, request => request.Method == "POST");
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_second_time_kindly_and_does_it_when_asked_without_another_token()
    {
        string before = await _host.Server.Files.SnapshotAsync();
        await _host.EnrollAsync("--passcodes");

        ProcessRun refused = (await _host.TryToEnrollAsync()).Expect(5);
        Assert.Contains($"this machine is host {FakeHosts.Id} of {_host.Broker.Address} already: {FakeHosts.Resource}", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--again", refused.Error, StringComparison.Ordinal);

        (await _host.Server.HostAsync("enroll", null, ["--again", "--no-sessions", "--registered-keys", .. _host.Server.Machine])).Expect(0);
        string dropIn = await File.ReadAllTextAsync(_host.Server.Files.DropIn);
        Assert.Contains("AuthorizedKeysCommand ", dropIn, StringComparison.Ordinal);
        Assert.DoesNotContain("PasswordAuthentication", dropIn, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync("/etc/pam.d/sshd"), await File.ReadAllBytesAsync(_host.Server.Files.PamService));

        await _host.Server.UnenrollAsync();
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task Is_fresh_and_has_reported_right_after_and_is_forgotten_when_the_broker_says_so()
    {
        string port = LoopbackPort.Free().ToString(System.Globalization.CultureInfo.InvariantCulture);
        await _host.EnrollAsync("--passcode-port", port);

        Assert.Equal((true, port), (_host.Hosts.Report!.Passcodes, $"{_host.Hosts.Report.PasscodePort}"));
        (await _host.Server.HostAsync("status")).Expect(0);

        _host.Hosts.IsEnrolled = false;
        ProcessRun forgotten = (await _host.Server.HostAsync("status")).Expect(14);
        Assert.Contains("this host is no longer enrolled", forgotten.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Knows_the_files_of_a_tunnel_and_removes_them_with_the_rest()
    {
        await _host.EnrollAsync("--no-sessions");
        foreach (string name in new[] { "tunnel_key", "tunnel_key.pub", "tunnel_key-cert.pub", "tunnel_known_hosts", "tunnel.json" })
            await File.WriteAllTextAsync($"{_host.Server.Files.Folder}/{name}", "x\n");
        await File.WriteAllTextAsync($"{_host.Server.Files.RunFolder}/tunnel.lock", "");
        using System.Diagnostics.Process ssh = System.Diagnostics.Process.Start("/bin/sleep", "600");
        await File.WriteAllTextAsync($"{_host.Server.Files.RunFolder}/tunnel.pid", $"{ssh.Id} {Outside.ProcessTable.StartOf(ssh.Id)}\n");

        (await _host.Server.HostAsync("enroll", null, ["--again", "--no-sessions", .. _host.Server.Machine])).Expect(0);
        await _host.Server.UnenrollAsync();

        await ssh.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.False(Directory.Exists(_host.Server.Files.Folder));
        Assert.False(Directory.Exists(_host.Server.Files.RunFolder));
    }

    [Fact(Timeout = Patience)]
    public async Task Ends_the_agent_that_runs_and_leaves_nothing_behind()
    {
        await _host.EnrollAsync("--no-sessions");
        Task<ProcessRun> agent = _host.Server.HostAsync("refresh", null, "--watch");
        while (_host.Broker.Requests.Count(request => request.Path == Api.Routes.HostReport.Replace("{id}", FakeHosts.Id, StringComparison.Ordinal)) < 2)
            await Task.Yield();

        ProcessRun end = await _host.Server.UnenrollAsync();

        Assert.Contains("systemctl disable --now sshfn-agent", end.Error, StringComparison.Ordinal);
        ProcessRun ended = (await agent).Expect(0);
        Assert.EndsWith("this machine is no longer enrolled: the agent ends\n", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_host.Server.Files.Folder));
        Assert.False(Directory.Exists(_host.Server.Files.RunFolder));
    }

    [Fact(Timeout = Patience)]
    public async Task Takes_passcodes_on_one_more_port_and_keeps_passwords_off_elsewhere()
    {
        string port = LoopbackPort.Free().ToString(System.Globalization.CultureInfo.InvariantCulture);
        await _host.EnrollAsync("--passcode-port", port);

        string there = await EffectiveAsync(port);
        string elsewhere = await EffectiveAsync("22");

        Assert.Contains("\npasswordauthentication yes\n", there, StringComparison.Ordinal);
        Assert.Contains("\ndisableforwarding yes\n", there, StringComparison.Ordinal);
        Assert.Contains("\npasswordauthentication no\n", elsewhere, StringComparison.Ordinal);
        Assert.Contains("\ndisableforwarding no\n", elsewhere, StringComparison.Ordinal);
        await _host.Server.LogSaysAsync($"Server listening on 127.0.0.1 port {port}.");
    }

    [Fact(Timeout = Patience)]
    public async Task Finds_the_sshd_that_listens_also_without_a_pid_file()
    {
        string config = _host.Server.Files.SshdConfig;
        await File.WriteAllTextAsync(config, (await File.ReadAllTextAsync(config)).Replace($"PidFile {_host.Server.Files.Root}/sshd.pid", "PidFile none", StringComparison.Ordinal));
        string before = await _host.Server.Files.SnapshotAsync();

        ProcessRun refused = (await _host.TryToEnrollAsync("--reload", "pid-file")).Expect(1);
        Assert.Contains("no pid file leads to no running", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());

        _host.Hosts.IsTokenUsed = false;
        // Waits until it listens anew.
        Assert.Contains(" is reloaded\n", (await _host.EnrollAsync()).Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Leaves_a_list_of_revoked_keys_for_an_sshd_that_is_not_told()
    {
        SshClient alice = await _host.ClientAsync($"{_host.Server.Login}@{FakeHosts.Resource}");
        await _host.EnrollAsync("--no-sessions");

        ProcessRun run = (await _host.Server.HostAsync("unenroll", null, "--reload", "none", "--json")).Expect(0);

        Assert.Contains("once it is, sshfn host unenroll removes", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.Server.Files.Folder + "/token"));
        (await alice.RunAsync(EnrollableHost.Alias, ["true"])).Expect(0);
        (await _host.Server.HostAsync("unenroll")).Expect(0);
        Assert.False(Directory.Exists(_host.Server.Files.Folder));
    }

    private async Task<string> EffectiveAsync(string port) => (await ProcessRun.ToEndAsync(
        _host.Server.Files.Sshd, ["-T", "-f", _host.Server.Files.SshdConfig, "-C", $"user=x,host=h,addr=192.0.2.1,laddr=127.0.0.1,lport={port}"])).Expect(0).Output;
}
