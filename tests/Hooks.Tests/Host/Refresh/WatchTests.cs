using System.Diagnostics;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Refresh;
using SshFunctions.Hooks.Host.Sessions;
using SshFunctions.Hooks.Outside;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Http;

namespace SshFunctions.Hooks.Tests.Host.Refresh;

public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _deadline = new(Patience);
    private readonly FakeHostBroker _broker = new();
    private readonly EnrolledHost _host;

    public WatchTests() => _host = new EnrolledHost(_broker);

    public void Dispose()
    {
        _host.Dispose();
        _broker.Dispose();
        _deadline.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Puts_a_revocation_into_force_ends_the_session_and_tells_of_both()
    {
        using Process monitor = Process.Start("/bin/sleep", "600");
        ulong started = ProcessTable.StartOf(monitor.Id)!.Value;
        await WatchingAsync(async () =>
        {
            await _broker.WaitAsync(() => _broker.Reports.Count > 0, _deadline.Token);
            SessionFiles.Write(_host.Folders, new(
                SessionFiles.NewId(monitor.Id, started), monitor.Id, started, Clock.Now, "deploy", LiveSession.ByPasscode, Serial: 7, Subject: "alice@example.com"));
            _broker.Publish(2, list => list.AddSerial(_broker.UserCa.PublicKey, 7));

            await _broker.WaitAsync(() => _broker.Events.Count > 0 && _broker.Reports.Any(report => report.RevocationListVersion == 2), _deadline.Token);
        });

        Assert.Equal("ended", Assert.Single(_broker.Events).Event);
        await monitor.WaitForExitAsync(_deadline.Token);
        Assert.Equal(_broker.List, await File.ReadAllBytesAsync(_host.Folders.RevocationList));
    }

    [Fact(Timeout = 60_000)]
    public async Task Asks_again_about_a_key_until_it_has_a_definite_answer()
    {
        using Process monitor = Process.Start("/bin/sleep", "600");
        ulong started = ProcessTable.StartOf(monitor.Id)!.Value;
        using Ssh.Keys.SshPrivateKey key = Ssh.Keys.SshPrivateKey.GenerateEcdsa(256);
        int asked = 0;
        _broker.Broker.On("POST", Api.Routes.AuthorizeKey, _ => Interlocked.Increment(ref asked) <= 2
            ? FakeAnswer.Problem(503, Api.ProblemTypes.Unavailable, "The store is away.")
            : FakeAnswer.Problem(403, Api.ProblemTypes.Denied, "No grant lets it in."));
        Directory.CreateDirectory(_host.Folders.RunFolder, Files.PrivateFolder);
        SessionFiles.Write(_host.Folders, new(
            SessionFiles.NewId(monitor.Id, started), monitor.Id, started, Clock.Now, "deploy", LiveSession.ByKey, Key: key.PublicKey.ToText()));

        await WatchingAsync(() => _broker.WaitAsync(() => _broker.Events.Any(one => one.Event == "ended"), _deadline.Token));

        await monitor.WaitForExitAsync(_deadline.Token);
        Assert.Equal(3, asked);
    }

    [Fact(Timeout = 60_000)]
    public async Task Restores_the_list_that_sshd_reads_and_tells_of_it() => await WatchingAsync(async () =>
    {
        await _broker.WaitAsync(() => _broker.Reports.Count > 0, _deadline.Token);
        await File.WriteAllBytesAsync(_host.Folders.RevocationList, []);

        await _broker.WaitAsync(() => _broker.Alarms.Count > 0, _deadline.Token);

        Assert.Equal(_broker.List, await File.ReadAllBytesAsync(_host.Folders.RevocationList));
    });

    [Fact(Timeout = 60_000)]
    public async Task Tells_of_a_session_whose_monitor_died_without_a_word() => await WatchingAsync(async () =>
    {
        await _broker.WaitAsync(() => _broker.Reports.Count > 0, _deadline.Token);
        SessionFiles.Write(_host.Folders, new(SessionFiles.NewId(4_000_000, 1), 4_000_000, 1, Clock.Now, "deploy", LiveSession.ByOther));

        await _broker.WaitAsync(() => _broker.Events.Any(one => one.Event == "closed"), _deadline.Token);
    });

    [Fact(Timeout = 60_000)]
    public async Task Keeps_what_it_has_to_tell_until_the_broker_takes_it()
    {
        bool isAway = true;
        _broker.Broker.On("POST", $"/api/hosts/{FakeHostBroker.Host}/sessions", request => isAway
            ? FakeAnswer.Problem(503, Api.ProblemTypes.Unavailable, "The store is away.")
            : _broker.TakeSessions(request));
        await WatchingAsync(async () =>
        {
            Spool.Add(_host.Folders, new Api.SessionEvent("1-2-3", "opened", Clock.Now, "deploy", "other"));
            await _broker.WaitAsync(() => _broker.Broker.Requests.Any(request => request.Path.EndsWith("/sessions", StringComparison.Ordinal)) || _broker.Reports.Count > 0, _deadline.Token);
            isAway = false;

            await _broker.WaitAsync(() => _broker.Events.Count > 0, _deadline.Token);
            // It is forgotten once the answer is there, which is after the broker took it.
            while (Spool.Count(_host.Folders) > 0 && !_deadline.IsCancellationRequested) await Task.Yield();
        });

        Assert.Equal(0, Spool.Count(_host.Folders));
    }

    [Fact(Timeout = 60_000)]
    public async Task Stops_cleanly_while_a_broker_hangs_when_it_is_asked_to()
    {
        using SilentServer silent = new();
        using EnrolledHost host = new(_broker, settings => settings with { Broker = silent.Address });
        using Process agent = Process.Start(SshfnProgram.Executable, ["host", "refresh", "--watch", "--folder", host.Folders.Folder, "--run-folder", host.Folders.RunFolder]);
        // The copy is the first thing that it makes.
        await AppearsAsync(host.Folders.RevocationListCopy);

        using (Process kill = Process.Start("/bin/kill", ["-TERM", $"{agent.Id}"]))
            await kill.WaitForExitAsync(_deadline.Token);

        await agent.WaitForExitAsync(_deadline.Token);
        Assert.Equal(0, agent.ExitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Begins_again_at_the_other_broker_when_the_machine_is_enrolled_anew()
    {
        using FakeHostBroker other = new();
        using Process agent = Process.Start(SshfnProgram.Executable, ["host", "refresh", "--watch", "--folder", _host.Folders.Folder, "--run-folder", _host.Folders.RunFolder]);
        await _broker.WaitAsync(() => _broker.Reports.Count > 0, _deadline.Token);
        HostFiles.WriteSettings(_host.Folders, HostFiles.ReadSettings(_host.Folders) with { Broker = other.Broker.Address });

        await other.WaitAsync(() => other.Reports.Count > 0, _deadline.Token);

        using (Process kill = Process.Start("/bin/kill", ["-TERM", $"{agent.Id}"]))
            await kill.WaitForExitAsync(_deadline.Token);
        await agent.WaitForExitAsync(_deadline.Token);
        Assert.Equal(0, agent.ExitCode);
    }

    [Fact]
    public void Takes_a_state_that_was_written_for_another_host_for_one_whose_token_is_due()
    {
        AgentState state = HostFiles.ReadState(_host.Folders)!;
        HostFiles.WriteState(_host.Folders, state with { Host = "bbbbbbbbbbbbbbbb", RevocationListTag = "\"1\"" });
        using (HostAgent agent = _host.Open())
        {
            Assert.InRange(agent.State.TokenExpires, DateTimeOffset.MinValue, Clock.Now);
            Assert.Null(agent.State.RevocationListTag);
            Assert.Equal((state.TrustVersion, state.RevocationListVersion), (agent.State.TrustVersion, agent.State.RevocationListVersion));
        }

        HostFiles.WriteState(_host.Folders, state with { Host = FakeHostBroker.Host });
        using HostAgent own = _host.Open();
        Assert.Equal(state.TokenExpires, own.State.TokenExpires);
    }

    private async Task WatchingAsync(Func<Task> action)
    {
        using CancellationTokenSource stop = new();
        using HostAgent agent = _host.Open();
        using HostWatch watch = new(agent);
        Task running = watch.RunAsync(stop.Token);
        Task acting = action();
        await Task.WhenAny(running, acting);
        await stop.CancelAsync();
        await running;
        await acting;
    }

    private async Task AppearsAsync(string path)
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using FolderWatch watch = new(Path.GetDirectoryName(path)!, () =>
        {
            if (File.Exists(path)) seen.TrySetResult();
        });
        if (!File.Exists(path))
            await seen.Task.WaitAsync(_deadline.Token);
    }
}
