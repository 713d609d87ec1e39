using System.Globalization;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Host.Refresh;
using SshFunctions.Hooks.Host.Sessions;
using SshFunctions.Hooks.Outside;
using SshFunctions.Support.Broker;

namespace SshFunctions.Hooks.Tests.Host.Refresh;

public sealed class DeliverSpoolTests : IDisposable
{
    private const string SessionsPath = $"/api/hosts/{FakeHostBroker.Host}/sessions";
    private const string ReportPath = $"/api/hosts/{FakeHostBroker.Host}/report";
    private const int LargestBodyBytes = 60 * 1024;

    private static readonly DateTimeOffset Began = Clock.Now;

    private readonly FakeHostBroker _broker = new();
    private readonly EnrolledHost _host;

    public DeliverSpoolTests()
    {
        _host = new EnrolledHost(_broker);
        Ownership.EnsureFolder(_host.Folders.RunFolder);
    }

    public void Dispose()
    {
        _host.Dispose();
        _broker.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Sends_at_most_twenty_events_in_a_request_oldest_first()
    {
        Add(45);

        await DeliverAsync();

        Assert.Equal(Names(45), _broker.Events.Select(one => one.Session));
        Assert.Equal([20, 20, 5], Requests.Select(one => one.Events.Count));
        Assert.Equal(0, Spool.Count(_host.Folders));
    }

    [Fact(Timeout = 60_000)]
    public async Task Sends_fewer_where_they_are_large()
    {
        Add(20, certificateLength: 10_000);

        await DeliverAsync();

        Assert.Equal(Names(20), _broker.Events.Select(one => one.Session));
        Assert.All(_broker.Events, one => Assert.Equal(10_000, one.Certificate!.Length));
        Assert.All(Bodies, body => Assert.InRange(Encoding.UTF8.GetByteCount(body), 1, LargestBodyBytes));
    }

    [Fact(Timeout = 60_000)]
    public async Task Leaves_out_a_certificate_that_no_request_could_hold()
    {
        Add(2, certificateLength: 100);
        Add(1, certificateLength: 70_000, from: 2);
        Add(2, certificateLength: 100, from: 3);

        await DeliverAsync();

        Assert.Equal(Names(5), _broker.Events.Select(one => one.Session));
        Assert.Equal([100, 100, null, 100, 100], _broker.Events.Select(one => one.Certificate?.Length));
        Assert.Equal("certificate", _broker.Events[2].Method);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(503, ProblemTypes.Unavailable)]
    [InlineData(429, ProblemTypes.TooMany)]
    [InlineData(403, ProblemTypes.Denied)]
    public async Task Keeps_everything_that_a_broker_takes_no_more_and_tells_it_later(int status, string type)
    {
        Add(45);
        bool isAway = true;
        _broker.Broker.On("POST", SessionsPath, request => isAway && _broker.Events.Count == 20 ? FakeAnswer.Problem(status, type, "Not now.") : _broker.TakeSessions(request));

        await Assert.ThrowsAsync<CommandFailedException>(DeliverAsync);
        Assert.Equal(25, Spool.Count(_host.Folders));
        isAway = false;
        await DeliverAsync();

        Assert.Equal(Names(45), _broker.Events.Select(one => one.Session));
        Assert.Empty(Aside);
    }

    [Fact(Timeout = 60_000)]
    public async Task Sets_aside_the_one_event_that_the_broker_refuses_and_raises_an_alarm()
    {
        Add(45);
        _broker.Broker.On("POST", SessionsPath, request => Read(request.Body).Events.Any(one => one.Session == Name(13))
            ? FakeAnswer.Problem(400, ProblemTypes.Invalid, "It is no name of a session.") : _broker.TakeSessions(request));

        await DeliverAsync();

        Assert.Equal(Names(45).Except([Name(13)]), _broker.Events.Select(one => one.Session));
        Assert.Equal(0, Spool.Count(_host.Folders));
        Assert.Contains(Name(13), await File.ReadAllTextAsync(Assert.Single(Aside)), StringComparison.Ordinal);
        HostAlarm alarm = Assert.Single(_broker.Alarms);
        Assert.Equal("session", alarm.Kind);
        Assert.Contains(Name(13), alarm.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Sets_aside_what_a_proxy_finds_too_large_without_saying_so_in_json()
    {
        Add(3);
        _broker.Broker.On("POST", SessionsPath, request => Read(request.Body).Events.Any(one => one.Session == Name(1)) ? new FakeAnswer(413, "<html>") : _broker.TakeSessions(request));

        await DeliverAsync();

        Assert.Equal([Name(0), Name(2)], _broker.Events.Select(one => one.Session));
        Assert.Single(Aside);
    }

    [Fact(Timeout = 60_000)]
    public async Task Sets_aside_a_damaged_file_and_tells_the_others()
    {
        Add(3);
        await File.WriteAllTextAsync(Directory.GetFiles(_host.Folders.Spool).Order(StringComparer.Ordinal).ElementAt(1), "{");

        await DeliverAsync();

        Assert.Equal([Name(0), Name(2)], _broker.Events.Select(one => one.Session));
        Assert.Equal("session", Assert.Single(_broker.Alarms).Kind);
        Assert.Single(Aside);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_alarm_that_is_refused_holds_back_no_other_and_raises_no_flood()
    {
        for (int at = 0; at < 30; at++)
            Spool.Add(_host.Folders, new HostAlarm($"alarm-{at}", at == 7 ? "strange" : "session", "It happened.", Began.AddMilliseconds(at)));
        _broker.Broker.On("POST", ReportPath, request => JsonSerializer.Deserialize(request.Body, ApiJson.Default.ReportHostRequest)!.Alarms!.Any(one => one.Kind == "strange")
            ? FakeAnswer.Problem(400, ProblemTypes.Invalid, "It is no kind of alarm.") : _broker.TakeReport(request));

        await DeliverAsync();

        Assert.Equal(29, _broker.Alarms.Count(one => one.Id.StartsWith("alarm-", StringComparison.Ordinal)));
        Assert.Single(_broker.Alarms, one => one.Detail.Contains("does not take an alarm", StringComparison.Ordinal));
        Assert.Single(Aside);
    }

    [Fact(Timeout = 60_000)]
    public async Task Keeps_the_alarms_where_the_report_itself_is_refused()
    {
        Spool.Add(_host.Folders, new HostAlarm("alarm-1", "session", "It happened.", Began));
        _broker.Broker.On("POST", ReportPath, _ => FakeAnswer.Problem(400, ProblemTypes.Invalid, "It is less than 0."));

        await Assert.ThrowsAsync<CommandFailedException>(DeliverAsync);

        Assert.Equal(1, Spool.Count(_host.Folders));
    }

    private string[] Aside => Directory.GetFiles(_host.Folders.Spool, "*.refused");

    private IEnumerable<string> Bodies => _broker.Broker.Requests.Where(request => request.Path == SessionsPath).Select(request => request.Body);

    private IEnumerable<RecordSessionsRequest> Requests => Bodies.Select(Read);

    private static RecordSessionsRequest Read(string body) => JsonSerializer.Deserialize(body, ApiJson.Default.RecordSessionsRequest)!;

    private static string Name(int at) => string.Create(CultureInfo.InvariantCulture, $"4711-{at}-0123456789abcdef");

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(Name);

    private void Add(int count, int? certificateLength = null, int from = 0)
    {
        for (int at = from; at < from + count; at++)
        {
            Spool.Add(_host.Folders, new SessionEvent(
                Name(at), "opened", Began.AddMilliseconds(at), "deploy", "certificate", Certificate: certificateLength is { } length ? new string('c', length) : null));
        }
    }

    private async Task DeliverAsync()
    {
        using HostAgent agent = _host.Open();
        await DeliverSpool.RunAsync(agent, CancellationToken.None);
    }
}
