using System.Diagnostics;
using SshFunctions.Api;
using SshFunctions.Hooks.Host.Sessions;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Http;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Host.Callbacks;

/// <summary>The program run as PAM runs it: this test process stands for sshd's monitor.</summary>
public sealed class SessionHookTests : IDisposable
{
    private const string Connection = "192.0.2.7 50000 192.0.2.1 22";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2) + TimeSpan.FromSeconds(SshfnProgram.IsAheadOfTime ? 0 : 3);
    private static readonly CertificateOption SingleUse = new(LimitedPrincipal.SingleUseOption, default);

    private readonly FakeHostBroker _broker = new();
    private readonly SshPrivateKey _key = SshPrivateKey.GenerateEcdsa(256);
    private readonly EnrolledHost _host;

    public SessionHookTests() => _host = new EnrolledHost(_broker, settings => settings with { Sessions = true });

    public void Dispose()
    {
        _host.Dispose();
        _key.Dispose();
        _broker.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Tells_of_a_login_by_certificate_and_of_its_end()
    {
        string certificate = Certificate();
        (await RunAsync("open", $"publickey {certificate}\n")).Expect(0);
        LiveSession live = Assert.Single(Live());
        Assert.Equal((LiveSession.ByCertificate, certificate, "deploy", "192.0.2.7"), (live.Method, live.Certificate, live.Login, live.SourceAddress));

        (await RunAsync("close", $"publickey {certificate}\n")).Expect(0);
        Assert.Empty(Live());
        await _host.RefreshAsync();

        Assert.Equal(["opened", "closed"], _broker.Events.Select(one => one.Event));
        Assert.All(_broker.Events, one => Assert.Equal(live.Id, one.Session));
        Assert.Empty(Directory.GetFiles(_host.Folders.Spool));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("password", "other")]
    [InlineData("keyboard-interactive/pam", "other")]
    [InlineData("", "other")]
    [InlineData("publickey ssh-ed25519 garbage", "other")]
    public async Task Calls_other_what_the_broker_can_know_nothing_of(string info, string method)
    {
        (await RunAsync("open", info)).Expect(0);

        Assert.Equal(method, Assert.Single(Live()).Method);
    }

    [Fact(Timeout = 60_000)]
    public async Task Names_the_passcode_that_opened_a_session_and_the_plain_key()
    {
        RedeemedPasscode.RequireRoom(_host.Folders);
        RedeemedPasscode.Write(_host.Folders, Connection, new(65540, "alice@example.com", "deploy"));

        (await RunAsync("open", "password")).Expect(0);
        (await RunAsync("open", $"publickey {_key.PublicKey.ToText()}")).Expect(0);

        IReadOnlyList<LiveSession> live = Live();
        Assert.Equal(65540ul, Assert.Single(live, one => one.Method == LiveSession.ByPasscode).Serial);
        Assert.Equal(_key.PublicKey.ToText(), Assert.Single(live, one => one.Method == LiveSession.ByKey).Key);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_passcode_of_another_login_explains_nothing()
    {
        RedeemedPasscode.RequireRoom(_host.Folders);
        RedeemedPasscode.Write(_host.Folders, Connection, new(65540, "alice@example.com", "root"));

        (await RunAsync("open", "password")).Expect(0);

        Assert.Equal(LiveSession.ByOther, Assert.Single(Live()).Method);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("open_session")]
    public async Task Refuses_when_it_is_not_told_by_the_line_that_runs_it_what_happens(string moment)
    {
        (await RunAsync(moment, "password")).Expect(1);
        Assert.Empty(Live());
    }

    [Fact(Timeout = 60_000)]
    public async Task No_login_names_a_file()
    {
        (await RunAsync("open", "password", "../../../tmp/\n\u001b[31m evil")).Expect(0);

        LiveSession live = Assert.Single(Live());
        Assert.Equal([live.Id], Directory.GetFiles(_host.Folders.Sessions).Select(Path.GetFileName));
        Assert.Equal("../../../tmp/\n\u001b[31m evil", live.Login);
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_with_a_text_a_login_that_can_not_be_written_down()
    {
        Directory.CreateDirectory(_host.Folders.RunFolder, Outside.Files.PrivateFolder);
        await File.WriteAllTextAsync(_host.Folders.Sessions, "");

        ProcessRun run = (await RunAsync("open", "password")).Expect(1);

        Assert.StartsWith("sshfn: this login is refused: ", run.Output, StringComparison.Ordinal);
        (await RunAsync("close", "password")).Expect(0);
    }

    [Fact(Timeout = 60_000)]
    public async Task Asks_about_a_single_use_certificate_and_lets_in_who_was_granted()
    {
        _broker.Broker.On("POST", $"/api/hosts/{FakeHostBroker.Host}/spent-certificates", _ => FakeAnswer.Of(new SpentCertificateResponse(65537), ApiJson.Default.SpentCertificateResponse));

        (await RunAsync("open", $"publickey {Certificate(SingleUse)}")).Expect(0);

        Assert.Single(Live());
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_a_single_use_certificate_that_is_spent()
    {
        _broker.Broker.On("POST", $"/api/hosts/{FakeHostBroker.Host}/spent-certificates", _ => FakeAnswer.Problem(409, ProblemTypes.Conflict, "The certificate was used."));

        ProcessRun run = (await RunAsync("open", $"publickey {Certificate(SingleUse)}")).Expect(1);

        Assert.Contains("The certificate was used", run.Output, StringComparison.Ordinal);
        Assert.Empty(Live());
        Assert.Equal(0, Spool.Count(_host.Folders));
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_a_single_use_certificate_while_the_broker_hangs_and_other_logins_wait_for_nothing()
    {
        using SilentServer silent = new();
        using EnrolledHost host = new(_broker, settings => settings with { Broker = silent.Address });
        long began = Stopwatch.GetTimestamp();

        (await RunAsync(host, "open", $"publickey {Certificate(SingleUse)}")).Expect(1);

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Deadline);
        (await RunAsync(host, "open", $"publickey {Certificate()}")).Expect(0);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("serial")]
    [InlineData("owner")]
    [InlineData("key")]
    [InlineData("CA")]
    [InlineData("passcode")]
    [InlineData("plain key")]
    public async Task The_agent_ends_a_session_whose_credential_is_revoked(string what)
    {
        using Process monitor = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "trap '' HUP; sleep 600 & exec sleep 600"]))!;
        LiveSession session = Session(monitor, what);
        SessionFiles.Write(_host.Folders, session);
        _broker.Broker.On("POST", Routes.AuthorizeKey, _ => FakeAnswer.Problem(503, ProblemTypes.Unavailable, "The store is away."));
        SshPublicKey ca = _broker.UserCa.PublicKey;
        _broker.Publish(2, list =>
        {
            if (what is "serial" or "passcode") list.AddSerial(ca, 65537);
            if (what == "owner") list.AddKeyId(ca, "alice@example.com");
            if (what is "key" or "plain key") list.AddFingerprint(_key.PublicKey.Fingerprint);
            if (what == "CA") list.AddKey(ca);
        });

        await _host.RefreshAsync();

        await monitor.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        SessionEvent told = Assert.Single(_broker.Events);
        Assert.Equal(("ended", session.Id), (told.Event, told.Session));
        Assert.Contains("revoked", told.Reason, StringComparison.Ordinal);
        Assert.Empty(Live());
    }

    [Fact(Timeout = 60_000)]
    public async Task The_agent_ends_a_session_whose_key_may_not_enter_any_more_and_leaves_the_others()
    {
        using Process monitor = Process.Start("/bin/sleep", "600");
        SessionFiles.Write(_host.Folders, Session(monitor, "plain key"));
        SessionFiles.Write(_host.Folders, Session(Process.GetCurrentProcess(), "serial"));
        _broker.Broker.On("POST", Routes.AuthorizeKey, _ => FakeAnswer.Problem(403, ProblemTypes.Denied, "No grant lets it in."));

        await _host.RefreshAsync();

        await monitor.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Single(Live());
    }

    [Fact(Timeout = 60_000)]
    public async Task The_agent_finds_what_a_session_starts_while_it_is_being_ended()
    {
        string note = Path.Combine(_host.Path, "started");
        string child = $"trap 'sleep 600 & echo $! > {note}' HUP; while :; do sleep 0.1; done";
        using Process monitor = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "/bin/sh -c \"$0\" & exec sleep 600", child]))!;
        // The trap is set once the child sleeps.
        while (Outside.ProcessTable.Below(monitor.Id).Count < 2)
            await Task.Yield();

        LiveSession session = Session(monitor, "serial");
        SessionFiles.Write(_host.Folders, session);
        await SessionEnd.EndAsync(_host.Folders, session, "revoked");

        int late = int.Parse(await File.ReadAllTextAsync(note), System.Globalization.CultureInfo.InvariantCulture);
        while (Outside.ProcessTable.StartOf(late) is not null)
            await Task.Yield();
    }

    [Fact(Timeout = 60_000)]
    public async Task The_agent_kills_nobody_who_only_has_the_same_process_id()
    {
        using Process stranger = Process.Start("/bin/sleep", "600");
        LiveSession session = Session(stranger, "serial") with { Started = 1 };
        SessionFiles.Write(_host.Folders, session with { Id = SessionFiles.NewId(session.Monitor, 1) });
        _broker.Publish(2, list => list.AddSerial(_broker.UserCa.PublicKey, 65537));

        await _host.RefreshAsync();

        Assert.False(stranger.HasExited);
        Assert.Equal("closed", Assert.Single(_broker.Events).Event);
        stranger.Kill();
    }

    private LiveSession Session(Process monitor, string what)
    {
        ulong started = Outside.ProcessTable.StartOf(monitor.Id)!.Value;
        LiveSession session = new(SessionFiles.NewId(monitor.Id, started), monitor.Id, started, Outside.Clock.Now, "deploy", LiveSession.ByCertificate, "192.0.2.7");
        return what switch
        {
            "passcode" => session with { Method = LiveSession.ByPasscode, Serial = 65537, Subject = "alice@example.com" },
            "plain key" => session with { Method = LiveSession.ByKey, Key = _key.PublicKey.ToText() },
            _ => session with { Certificate = Certificate() },
        };
    }

    private string Certificate(params CertificateOption[] extensions) => HostCertificates.Sign(
        _broker.UserCa, _key.PublicKey, CertificateType.User, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), 65537, extensions).ToText();

    private IReadOnlyList<LiveSession> Live() => SessionFiles.AllBut(_host.Folders, new HashSet<string>());

    private Task<ProcessRun> RunAsync(string type, string info, string login = "deploy") => RunAsync(_host, type, info, login);

    // PAM_TYPE says the opposite, as an account could make it.
    private static Task<ProcessRun> RunAsync(EnrolledHost host, string moment, string info, string login = "deploy") => host.RunAsync(
        "session", null, new Dictionary<string, string?>
        {
            ["PAM_TYPE"] = moment == "open" ? "close_session" : "open_session",
            ["PAM_USER"] = login,
            ["SSH_CONNECTION"] = Connection,
            ["SSH_AUTH_INFO_0"] = info,
        }, moment);
}
