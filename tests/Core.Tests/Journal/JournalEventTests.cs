using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Rotation;

namespace SshFunctions.Core.Tests.Journal;

public sealed class JournalEventTests
{
    private static readonly DateTimeOffset Time = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly HostId Host = HostId.Parse("bbbbbbbbbbbbbbbb");
    private static readonly ResourcePath Acme = ResourcePath.Parse("acme");
    private static readonly AccessRequestId Request = AccessRequestId.Create(Time);
    private static readonly Subject Requester = Subject.Parse("alice");

    private static readonly ImmutableArray<JournalEvent> EveryKind =
    [
        new JournalEvent.SegmentOpened("one", "1.0"),
        new JournalEvent.SegmentClosed("stopped"),
        new JournalEvent.EntryVoid("why"),
        new JournalEvent.ActionFailed(65_538, "why"),
        new JournalEvent.BrokerBootstrapped("aaaaaaaaaaaaaaaa", "bootstrap-admin"),
        new JournalEvent.BrokerRestored(Time, 3, 12_345_678, 99, 100),
        new JournalEvent.CertificateIssued(
            Broker.Web, Broker.Deploy, "g1", "alice", ["deploy@acme/production/web"], "SHA256:subject", "SHA256:ca", Time, Time.AddMinutes(5)),
        new JournalEvent.CertificateRefused(Broker.Web, Broker.Deploy, "SHA256:subject", "why"),
        new JournalEvent.AccessRevoked(["serial:65538", "subject:alice"], "why", "g1"),
        new JournalEvent.RevocationLifted("subject:alice"),
        new JournalEvent.KeyRegistered(Holder.Of(Subject.Parse("alice")), "laptop", "SHA256:key", Time),
        new JournalEvent.KeyRemoved(Holder.Of(Subject.Parse("alice")), "SHA256:key"),
        new JournalEvent.PrivateKeyReceived("SHA256:key"),
        new JournalEvent.TokenCreated("aaaaaaaaaaaaaaaa", "ci", CallerKind.Service, Subject.Parse("ci"), [GroupName.Parse("ops")], Time, [SourceRange.Parse("10.0.0.0/8")], Login.Parse("ci")),
        new JournalEvent.TokenRotated("aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", Subject.Parse("ci"), Time, Time.AddDays(30)),
        new JournalEvent.SignedIn("SHA256:key", "aaaaaaaaaaaaaaaa", Time),
        new JournalEvent.SignInRefused("SHA256:key", "why"),
        new JournalEvent.PortalSignedIn(Time),
        new JournalEvent.TokenRemoved("aaaaaaaaaaaaaaaa", Subject.Parse("ci")),
        new JournalEvent.GitPasswordIssued(Broker.Web, Broker.Deploy, "g1", "02000000000aaaaaaaaaaaaaaaa", Time),
        new JournalEvent.GitPasswordRefused(Broker.Web, Broker.Deploy, "why"),
        new JournalEvent.EnrollmentTokenCreated("aaaaaaaaaaaaaaaa", Broker.Web, 2, Time),
        new JournalEvent.EnrollmentTokenRemoved("aaaaaaaaaaaaaaaa", Broker.Web),
        new JournalEvent.HostEnrolled(Host, Broker.Web, 2, "web-2", ["SHA256:key"], "9.2", "alice", "aaaaaaaaaaaaaaaa"),
        new JournalEvent.HostRemoved(Host, Broker.Web),
        new JournalEvent.HostAlarm(Host, Broker.Web, "krl-1", "revocation-list", "why", Time),
        new JournalEvent.HostCertificateIssued(
            Host, Broker.Web, 2, "host:bbbbbbbbbbbbbbbb", ["web.example.com"], "SHA256:key", "SHA256:ca", Time, Time.AddDays(30)),
        new JournalEvent.HostCertificateRefused(Host, Broker.Web, "SHA256:key", "why"),
        new JournalEvent.PasscodeIssued(Broker.Web, Broker.Deploy, "g1", 3, "192.0.2.7", Time),
        new JournalEvent.PasscodeRefused(Broker.Web, Broker.Deploy, "why"),
        new JournalEvent.PasscodeRedeemed(Broker.Web, Broker.Deploy, HostId.Parse("aaaaaaaaaaaaaaaa"), "192.0.2.7", 65_538, Subject.Parse("alice")),
        new JournalEvent.PasscodeRejected(Broker.Web, Broker.Deploy, HostId.Parse("aaaaaaaaaaaaaaaa"), "192.0.2.7", "why", 65_538),
        new JournalEvent.CertificateSpent(Broker.Web, Broker.Deploy, HostId.Parse("aaaaaaaaaaaaaaaa"), 65_538, "session"),
        new JournalEvent.CertificateSpendRefused(Broker.Web, Broker.Deploy, HostId.Parse("aaaaaaaaaaaaaaaa"), 65_538, "why"),
        new JournalEvent.SessionOpened(Host, Broker.Web, "s-1", "deploy", "certificate", "192.0.2.7", 65_538, "alice", "SHA256:key", Time, "g1"),
        new JournalEvent.SessionClosed(Host, Broker.Web, "s-1", "deploy", "certificate", "192.0.2.7", 65_538, "alice", "SHA256:key", Time, "g1"),
        new JournalEvent.SessionEnded(Host, Broker.Web, "s-1", "deploy", "passcode", "192.0.2.7", 65_538, "alice", "SHA256:key", Time, "why", "g1"),
        new JournalEvent.SessionUnexplained(Host, Broker.Web, "s-1", "deploy", "other", "192.0.2.7", 65_538, "alice", "SHA256:key", Time, "why"),
        new JournalEvent.TicketRefused("jira", "why", 3),
        new JournalEvent.NotificationGivenUp("chat", 65_538, "host.alarm", "why"),
        new JournalEvent.AccessRequestOpened(
            Request, Broker.Web, Requester, Role.Developer, [LoginRule.Of(Broker.Deploy)], SftpFolder.Parse("pub/media"), [Permission.Pty], TimeSpan.FromHours(1), "why",
            new TicketReference("jira", "OPS-1"), "SHA256:key", 2, Time),
        new JournalEvent.AccessRequestApproved(Request, Broker.Web, Requester, 1, 2, false, "why"),
        new JournalEvent.AccessRequestDenied(Request, Broker.Web, Requester, true, "why"),
        new JournalEvent.AccessRequestAutoApproved(Request, Broker.Web, Requester, Acme, false),
        new JournalEvent.AccessRequestGlassBroken(Request, Broker.Web, Requester, Acme, "why"),
        new JournalEvent.AccessRequestActivated(Request, Broker.Web, Requester, Request.Grant.Text, Time),
        new JournalEvent.AccessRequestExtensionAsked(Request, Broker.Web, Requester, Time, "why", 2),
        new JournalEvent.AccessRequestExtended(Request, Broker.Web, Requester, Time),
        new JournalEvent.AccessRequestClosed(Request, Broker.Web, Requester, AccessEndingCause.Closed, "why"),
        new JournalEvent.AccessRequestExpired(Request, Broker.Web, Requester),
        new JournalEvent.AccessRequestFailed(Request, Broker.Web, Requester, "why"),
        new JournalEvent.AccessRequestReviewed(Request, Broker.Web, Requester, "note"),
        new JournalEvent.AccessRulePut(AccessRule.Default(Acme) with { Approvers = [Holder.Of(Requester)] }),
        new JournalEvent.AccessRuleRemoved(Acme),
        new JournalEvent.ProjectPut(new Project(Acme, "text", SshSwitch.Disabled)),
        new JournalEvent.EnvironmentPut(new ProjectEnvironment(Broker.Web.Parent, "text", SshSwitch.Enabled, true)),
        new JournalEvent.ResourcePut(Broker.ResourceOf(hosts: ["web.example.com", "[2001:db8::1]:2222"]) with { MaximumLifetime = TimeSpan.FromMinutes(5) }),
        new JournalEvent.SshSwitchSet(Acme, SshSwitch.Disabled, "why"),
        new JournalEvent.PathRemoved(Acme),
        new JournalEvent.GrantPut(Broker.GrantOf("g1") with
        {
            Logins = [LoginRule.Of(Broker.Deploy)],
            MaximumLifetime = TimeSpan.FromMinutes(5),
            SourceAddresses = [SourceRange.Parse("10.0.0.0/8")],
            NotBefore = Time,
            NotAfter = Time,
        }),
        new JournalEvent.GrantRemoved("g1", Acme),
        new JournalEvent.RevocationListGivenUp(7, "why"),
        new JournalEvent.SegmentsRemoved(1, 7, Time, 3, JournalEntry.NoPrevious),
        new JournalEvent.SigningKeyStaged(KeyPurpose.UserCa, "SHA256:new", "SHA256:old", true),
        new JournalEvent.SigningKeyPublished(KeyPurpose.HostCa, "SHA256:new", 2),
        new JournalEvent.SigningKeyActivated(KeyPurpose.Journal, "SHA256:new", "SHA256:old", 3, ["bbbbbbbbbbbbbbbb"], 1),
        new JournalEvent.SigningKeyRetiring(KeyPurpose.UserCa, "SHA256:old", Time),
        new JournalEvent.SigningKeyRetired(KeyPurpose.UserCa, "SHA256:old", 4),
        new JournalEvent.SigningKeyAborted(KeyPurpose.UserCa, "SHA256:new", "SHA256:old", 5, "why"),
        new JournalEvent.SigningKeyEmergency(KeyPurpose.UserCa, "SHA256:new", "SHA256:old", 6, ["bbbbbbbbbbbbbbbb"], 1),
        new JournalEvent.KeyExpiring(Holder.Of(Subject.Parse("alice")), "laptop", "SHA256:key", Time, 14),
        new JournalEvent.TokenExpiring("aaaaaaaaaaaaaaaa", "ci", Subject.Parse("ci"), Time, 3),
    ];

    public static TheoryData<string> Kinds => [.. JournalEvent.AllKinds];

    [Fact]
    public void Each_kind_is_tested_once() => Assert.Equal(JournalEvent.AllKinds, EveryKind.Select(each => each.Kind).Order(StringComparer.Ordinal));

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Kinds))]
    public async Task A_stored_event_reads_as_the_same_event_and_holds_no_other_member(string kind)
    {
        JournalEvent original = EveryKind.Single(each => each.Kind == kind);
        byte[] stored = await StoreAsync(original);
        JournalEntry read = JournalEntry.Decode(stored);
        Assert.Equal(original.GetType(), read.Event.GetType());
        Assert.Equal(original.About, read.Event.About);
        Assert.Equal(EventTextOf(stored), EventTextOf(await StoreAsync(read.Event)));
        using JsonDocument json = JsonDocument.Parse(stored);
        Assert.Equal(
            ["segment", "index", "time", "caller", "event", "previous"], json.RootElement.EnumerateObject().Select(member => member.Name));
        IEnumerable<string> expected = original.GetType().GetConstructors().Single(each => each.GetParameters().Length > 0)
            .GetParameters().Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)).Prepend("kind");
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            json.RootElement.GetProperty("event").EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_issued_certificate_is_stored_as_this_text()
    {
        byte[] stored = await StoreAsync(EveryKind.Single(each => each is JournalEvent.CertificateIssued));
        string previous = JournalEntry.Decode(stored).Previous;
        Assert.Equal(
            """{"segment":1,"index":2,"time":"2030-01-31T12:00:00+00:00","caller":{"kind":"person","subject":"alice"},"event":{"kind":"certificate.issued","""
            + "\"resource\":\"acme/production/web\",\"login\":\"deploy\",\"grant\":\"g1\",\"keyId\":\"alice\",\"principals\":[\"deploy@acme/production/web\"],"
            + "\"subjectKey\":\"SHA256:subject\",\"caKey\":\"SHA256:ca\",\"validAfter\":\"2030-01-31T12:00:00+00:00\",\"validBefore\":\"2030-01-31T12:05:00+00:00\"},"
            + $"\"previous\":\"{previous}\"}}",
            Encoding.UTF8.GetString(stored));
    }

    [Fact]
    public void Only_known_kinds_are_kinds()
    {
        Assert.True(JournalEvent.IsKind("entry.void"));
        Assert.False(JournalEvent.IsKind("Entry.Void"));
        Assert.False(JournalEvent.IsKind(""));
    }

    private static string EventTextOf(byte[] stored)
    {
        using JsonDocument json = JsonDocument.Parse(stored);
        return json.RootElement.GetProperty("event").GetRawText();
    }

    private static async Task<byte[]> StoreAsync(JournalEvent journalEvent)
    {
        await using var broker = new Broker();
        return (await broker.Journal.AppendAsync(Broker.Alice, journalEvent, default)).Encoded.ToArray();
    }
}
