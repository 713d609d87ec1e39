using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Host;

/// <summary>What a host tells of logins, before the real broker.</summary>
public sealed class SessionAlarmTests : IDisposable
{
    private const int Patience = 180_000;
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_login_by_a_rogue_CA_is_an_alarm_in_journal_and_log_and_one_by_ours_is_none()
    {
        await using TestBroker broker = await TestBroker.StartAsync(_folder);
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"]));
        await broker.Admin.GrantAsync("alice-web", "alice", Resource);
        string key = (await SshKeygen.GenerateAsync(_folder["user"], SshKeygen.Ed25519)).Trim();
        BrokerApi alice = await broker.AsPersonAsync("alice");
        UserCertificateResponse ours = await alice.IssueAsync(key, Resource, "deploy");
        await SshKeygen.GenerateAsync(_folder["rogue"], SshKeygen.Ed25519);
        string theirs = await File.ReadAllTextAsync(await SshKeygen.SignUserAsync(_folder["rogue"], _folder["user"], ours.KeyId, ours.Serial, ours.Principals[0]));
        (BrokerApi host, string id) = await EnrollAsync(broker);

        RecordedSessionsResponse recorded = await TellAsync(
            host, id, Opened("s-1", ours.Certificate), Opened("s-2", theirs.Trim()), Opened("s-2", theirs.Trim()));
        Assert.Equal(["s-2", "s-2"], recorded.Unexplained);
        Assert.Equal(["s-2"], (await TellAsync(host, id, Opened("s-2", theirs.Trim()))).Unexplained);

        JournalEntryResponse alarm = Assert.Single(await broker.Admin.JournalAsync("session.unexplained"));
        Assert.Equal(("s-2", "deploy", "alice", ours.Serial), (
            alarm.Details.GetProperty("session").GetString(), alarm.Details.GetProperty("login").GetString(),
            alarm.Details.GetProperty("keyId").GetString(), alarm.Details.GetProperty("serial").GetUInt64()));
        Assert.Contains("not this broker's user CA", alarm.Details.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await broker.Admin.JournalAsync("session.opened")).Count);
        Assert.Single(broker.Log.Split('\n'), line => line.Contains("\"UnexplainedLogin\"", StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task An_alarm_of_a_host_is_journalled_and_logged_once_and_its_state_is_listed()
    {
        await using TestBroker broker = await TestBroker.StartAsync(_folder);
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], ["deploy"]));
        (BrokerApi host, string id) = await EnrollAsync(broker);
        var report = new ReportHostRequest(
            1, 7, "9.2", "1.0", [new HostAlarm("krl-1", "revocation-list", "the list went back\nto version 3", TimeProvider.System.GetUtcNow())]);

        await host.PostAsync<ReportHostRequest, HostResponse>($"{Routes.Hosts}/{id}/report", report);
        HostResponse told = await host.PostAsync<ReportHostRequest, HostResponse>($"{Routes.Hosts}/{id}/report", report with { RevocationListVersion = 8 });

        Assert.Equal(8, told.Report!.RevocationListVersion);
        Assert.Equal(8, Assert.Single(await broker.Admin.ListAsync<HostResponse>(Routes.Hosts)).Report!.RevocationListVersion);
        Assert.Equal("krl-1", Assert.Single(await broker.Admin.JournalAsync("host.alarm")).Details.GetProperty("alarm").GetString());
        Assert.Single(broker.Log.Split('\n'), line => line.Contains("\"HostAlarm\"", StringComparison.Ordinal));
    }

    private async Task<(BrokerApi Host, string Id)> EnrollAsync(TestBroker broker)
    {
        string hostKey = (await SshKeygen.GenerateAsync(_folder["host_key"], SshKeygen.Ed25519)).Trim();
        CreatedEnrollmentTokenResponse token = await broker.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
            Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(Resource));
        EnrolledHostResponse host = await broker.Anonymous.PostAsync<EnrollHostRequest, EnrolledHostResponse>(
            Routes.Hosts, new EnrollHostRequest([hostKey], "9.2", EnrollmentToken: token.Token));
        return (broker.As(host.Token), host.Host.Id);
    }

    private static SessionEvent Opened(string session, string certificate) =>
        new(session, "opened", TimeProvider.System.GetUtcNow(), "deploy", "certificate", "192.0.2.7", certificate);

    private static Task<RecordedSessionsResponse> TellAsync(BrokerApi host, string id, params SessionEvent[] events) =>
        host.PostAsync<RecordSessionsRequest, RecordedSessionsResponse>($"{Routes.Hosts}/{id}/sessions", new RecordSessionsRequest(events));
}
