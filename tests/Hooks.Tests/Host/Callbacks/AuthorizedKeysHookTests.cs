using System.Diagnostics;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Http;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Host.Callbacks;

public sealed class AuthorizedKeysHookTests : IDisposable
{
    // sshd calls twice for one login, and a login may wait two seconds; starting the program twice comes on top where it is not compiled.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2) + TimeSpan.FromSeconds(SshfnProgram.IsAheadOfTime ? 0 : 6);

    private readonly FakeHostBroker _broker = new();
    private readonly SshPrivateKey _key = SshPrivateKey.GenerateEcdsa(256);

    public void Dispose()
    {
        _key.Dispose();
        _broker.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Prints_the_line_for_a_key_that_may_enter()
    {
        using EnrolledHost host = Host();
        _broker.Broker.On("POST", Routes.AuthorizeKey, _ => FakeAnswer.Of(Answer, ApiJson.Default.AuthorizedKey));

        ProcessRun run = (await AskAsync(host)).Expect(0);

        Assert.Equal($"restrict,pty {_key.PublicKey.ToText()}\n", run.Output);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(403, ProblemTypes.Denied)]
    [InlineData(404, ProblemTypes.NotFound)]
    [InlineData(401, ProblemTypes.Unauthenticated)]
    [InlineData(429, ProblemTypes.TooMany)]
    public async Task A_refusal_is_not_outvoted_by_the_list_for_offline_times(int status, string type)
    {
        using EnrolledHost host = Host();
        Hold(host, Clock.Now);
        _broker.Broker.On("POST", Routes.AuthorizeKey, _ => FakeAnswer.Problem(status, type, "No."));

        Assert.Empty((await AskAsync(host)).Expect(0).Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_key_that_was_refused_enters_at_the_next_login_once_the_broker_knows_it()
    {
        using EnrolledHost host = Host();
        _broker.Broker.On("POST", Routes.AuthorizeKey, _ => FakeAnswer.Problem(403, ProblemTypes.Denied, "No."));
        Assert.Empty((await AskAsync(host)).Expect(0).Output);
        Assert.Empty((await AskAsync(host)).Expect(0).Output);

        Assert.Equal(2, _broker.Broker.Requests.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Goes_by_the_list_while_a_broker_hangs_and_a_login_waits_only_once()
    {
        using SilentServer silent = new();
        using EnrolledHost host = Host(silent.Address);
        Hold(host, Clock.Now);
        long began = Stopwatch.GetTimestamp();

        ProcessRun first = (await AskAsync(host)).Expect(0);
        ProcessRun second = (await AskAsync(host)).Expect(0);

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Deadline);
        Assert.Equal($"restrict,pty {_key.PublicKey.ToText()}\n", first.Output);
        Assert.Equal(first.Output, second.Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_store_that_is_away_is_a_broker_that_is_away()
    {
        using EnrolledHost host = Host();
        Hold(host, Clock.Now);
        _broker.Broker.On("POST", Routes.AuthorizeKey, _ => FakeAnswer.Problem(503, ProblemTypes.Unavailable, "The store is away."));

        Assert.NotEmpty((await AskAsync(host)).Expect(0).Output);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("too old")]
    [InlineData("from the future")]
    [InlineData("for another host")]
    [InlineData("for another resource")]
    [InlineData("foreign")]
    [InlineData("changed")]
    [InlineData("readable by others")]
    [InlineData("without this key")]
    [InlineData("missing")]
    public async Task Goes_by_no_list_that_is(string trouble)
    {
        using EnrolledHost host = Host();
        _broker.Broker.Stop();
        HoldBroken(host, trouble);

        Assert.Empty((await AskAsync(host)).Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task Goes_by_no_list_where_none_was_allowed()
    {
        using EnrolledHost host = new(_broker, settings => settings with { RegisteredKeys = true });
        _broker.Broker.Stop();
        Hold(host, Clock.Now);

        Assert.Empty((await AskAsync(host)).Output);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("deploy;id", "ssh-ed25519", "AAAA")]
    [InlineData("deploy", "ssh-ed25519", "AAAA")]
    [InlineData("deploy", "", "")]
    public async Task Asks_nobody_about_what_is_no_login_or_no_key(string login, string type, string key)
    {
        using EnrolledHost host = Host();

        ProcessRun run = await host.RunAsync("authorized-keys", arguments: [login, type, key]);

        Assert.Empty(run.Expect(1).Output);
        Assert.Empty(_broker.Broker.Requests);
    }

    [Fact(Timeout = 60_000)]
    public async Task Asks_nobody_about_a_certificate()
    {
        using EnrolledHost host = Host();

        ProcessRun run = await host.RunAsync("authorized-keys", arguments: ["deploy", "ssh-ed25519-cert-v01@openssh.com", "AAAA"]);

        Assert.Empty(run.Expect(0).Output);
        Assert.Empty(_broker.Broker.Requests);
    }

    private AuthorizedKey Answer => new(_key.PublicKey.ToText(), "deploy", "alice@example.com", "deployers", ["pty"]);

    private EnrolledHost Host(string? address = null) => new(
        _broker, settings => settings with { RegisteredKeys = true, OfflineKeysForSeconds = 600, Broker = address ?? settings.Broker });

    private Task<ProcessRun> AskAsync(EnrolledHost host)
    {
        string[] parts = _key.PublicKey.ToText().Split(' ');
        return host.RunAsync("authorized-keys", arguments: ["deploy", parts[0], parts[1]]);
    }

    private void Hold(EnrolledHost host, DateTimeOffset issued) => SignedKeys.Write(host.Folders, _broker.Sign(Document(issued)));

    private AuthorizedKeysDocument Document(DateTimeOffset issued) => new(FakeHostBroker.Host, FakeHostBroker.Resource, issued, [Answer]);

    private void HoldBroken(EnrolledHost host, string trouble)
    {
        DateTimeOffset now = Clock.Now;
        using SshPrivateKey foreign = SshPrivateKey.GenerateEcdsa(256);
        AuthorizedKeysResponse good = _broker.Sign(Document(now));
        AuthorizedKeysResponse? broken = trouble switch
        {
            "too old" => _broker.Sign(Document(now.AddSeconds(-600))),
            "from the future" => _broker.Sign(Document(now.AddHours(1))),
            "for another host" => _broker.Sign(Document(now) with { Host = "zzzzzzzzzzzzzzzz" }),
            "for another resource" => _broker.Sign(Document(now) with { Resource = "acme/production/db" }),
            "foreign" => _broker.Sign(Document(now), foreign),
            "changed" => good with { Document = good.Document.Replace("pty", "user-rc", StringComparison.Ordinal) },
            "without this key" => _broker.Sign(Document(now) with { Keys = [] }),
            "missing" => null,
            _ => good,
        };
        if (broken is not null)
            SignedKeys.Write(host.Folders, broken);
        if (trouble == "readable by others")
            File.SetUnixFileMode(host.Folders.AuthorizedKeys, Files.Readable);
        Assert.NotNull(JsonSerializer.Serialize(good, ApiJson.Default.AuthorizedKeysResponse));
    }
}
