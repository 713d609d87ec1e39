using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Sessions;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Tests.Sessions;

/// <summary>A login is explained by exactly what this broker issued for it; everything else is an alarm.</summary>
public sealed class SessionRecorderTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 60_000;
    private readonly Broker _broker = new();
    private readonly SshPrivateKey _rogue = SshPrivateKey.GenerateEcdsa(256);
    private Resource _web = null!;
    private AdmittedHost _host = null!;
    private int _count;

    public async Task InitializeAsync()
    {
        _web = await _broker.MakeWebAsync();
        _host = await _broker.EnrollAsync();
    }

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose() => _rogue.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_login_by_a_certificate_is_explained_and_told_once()
    {
        SshCertificate certificate = Broker.Must(await _broker.IssueAsync(_web)).Certificate;
        ToldSession opened = Of(certificate);

        Assert.Empty(await TellAsync(opened, opened with { Step = SessionStep.Closed }, opened with { Step = SessionStep.Ended, Reason = "revoked" }));
        Assert.Empty(await TellAsync(opened, opened with { Step = SessionStep.Closed }));

        JournalEvent.SessionOpened entry = Assert.Single(await _broker.EventsAsync<JournalEvent.SessionOpened>());
        Assert.Equal((certificate.Content.Serial, "alice", _broker.ClientKey.Fingerprint.ToString()), (entry.Serial, entry.KeyId, entry.Fingerprint));
        Assert.Equal((_host.Host.Id, Broker.Web, "deploy", "certificate", "192.0.2.7"), (entry.Host, entry.Resource, entry.Login, entry.Method, entry.Source));
        Assert.Equal(("g1", "g1"), (entry.Grant, Assert.Single(await _broker.EventsAsync<JournalEvent.SessionClosed>()).Grant));
        Assert.Equal("revoked", Assert.Single(await _broker.EventsAsync<JournalEvent.SessionEnded>()).Reason);
        Assert.Empty(await _broker.EventsAsync<JournalEvent.SessionUnexplained>());
    }

    [Theory(Timeout = Patience)]
    [InlineData("another resource")]
    [InlineData("another login")]
    [InlineData("no serial of ours")]
    public async Task A_logout_joins_no_story_that_its_host_has_no_part_in(string claim)
    {
        CertificateContent good = Broker.Must(await _broker.IssueAsync(_web)).Certificate.Content;
        ToldSession session = claim switch
        {
            "another resource" => Of(await IssueForOtherAsync()),
            "another login" => Of(Sign(good)) with { Login = "root" },
            _ => Told(SessionMethod.Passcode) with { Serial = good.Serial + 1000 },
        };
        await TellAsync(session with { Step = SessionStep.Closed });
        Assert.Null(Assert.Single(await _broker.EventsAsync<JournalEvent.SessionClosed>()).Grant);
    }

    [Theory(Timeout = Patience)]
    [InlineData("a rogue CA", "not this broker's user CA")]
    [InlineData("a forged signature", "not this broker's user CA")]
    [InlineData("no entry", "no entry of the journal")]
    [InlineData("another entry", "no entry of the journal")]
    [InlineData("another key id", "another than the journal recorded")]
    [InlineData("another key", "another than the journal recorded")]
    [InlineData("other principals", "another than the journal recorded")]
    [InlineData("a longer life", "another than the journal recorded")]
    [InlineData("another login", "was issued for login deploy")]
    [InlineData("another resource", "was issued for acme/production/other")]
    [InlineData("no certificate", "no certificate that can be read")]
    [InlineData("no certificate's text", "no certificate that can be read")]
    [InlineData("expired", "had expired")]
    [InlineData("not valid yet", "was not valid yet")]
    [InlineData("revoked serial", "had been revoked")]
    [InlineData("revoked key", "had been revoked")]
    [InlineData("revoked subject", "had been revoked")]
    [InlineData("in the future", "its clock is wrong")]
    public async Task A_certificate_explains_nothing_when_it_has(string defect, string fault)
    {
        CertificateContent good = Broker.Must(await _broker.IssueAsync(_web)).Certificate.Content;
        ToldSession session = Of(Sign(good, defect == "a rogue CA" ? _rogue : null));
        session = defect switch
        {
            "a forged signature" => Of(SshCertificate.Assemble(good.ToBeSigned(_broker.Signer.PublicKey), _rogue.Sign(good.ToBeSigned(_broker.Signer.PublicKey)))),
            "no entry" => Of(Sign(good with { Serial = good.Serial + 1000 })),
            "another entry" => Of(Sign(good with { Serial = good.Serial - 1 })),
            "another key id" => Of(Sign(good with { KeyId = "root" })),
            "another key" => Of(Sign(good with { SubjectKey = _rogue.PublicKey })),
            "other principals" => Of(Sign(good with { ValidPrincipals = ["root@acme/production/web"] })),
            "a longer life" => Of(Sign(good with { ValidBefore = good.ValidBefore.AddDays(1) })),
            "another login" => session with { Login = "root" },
            "another resource" => Of(await IssueForOtherAsync()),
            "no certificate" => session with { Certificate = null },
            "no certificate's text" => session with { Certificate = "ssh-ed25519-cert-v01@openssh.com AAAA" },
            "expired" => At(session, good.ValidBefore + SessionExplainer.Tolerance),
            "not valid yet" => session with { Time = good.ValidAfter - SessionExplainer.Tolerance - TimeSpan.FromSeconds(1) },
            "in the future" => session with { Time = _broker.Now + SessionExplainer.Tolerance + TimeSpan.FromSeconds(1) },
            _ => await RevokeAsync(session, defect, good),
        };

        UnexplainedSession found = Assert.Single(await TellAsync(session));

        Assert.Contains(fault, found.Fault, StringComparison.Ordinal);
        Assert.True(found.IsNew);
        Assert.Equal(found.Fault, Assert.Single(await _broker.EventsAsync<JournalEvent.SessionUnexplained>()).Reason);
        Assert.Single(await _broker.EventsAsync<JournalEvent.SessionOpened>());
        Assert.False(Assert.Single(await TellAsync(session)).IsNew);
        Assert.Single(await _broker.EventsAsync<JournalEvent.SessionUnexplained>());
    }

    [Fact(Timeout = Patience)]
    public async Task Clocks_that_differ_a_little_and_a_revocation_of_this_minute_raise_no_alarm()
    {
        CertificateContent good = Broker.Must(await _broker.IssueAsync(_web)).Certificate.Content;
        ToldSession late = At(Of(Sign(good)), good.ValidBefore + SessionExplainer.Tolerance - TimeSpan.FromSeconds(1));
        Assert.Empty(await TellAsync(late));

        CertificateContent other = Broker.Must(await _broker.IssueAsync(_web)).Certificate.Content;
        Broker.Must(await _broker.Revoker.RevokeSerialAsync(Broker.Admin, other.Serial, "why", default));
        Assert.Empty(await TellAsync(Of(Sign(other))));
    }

    [Fact(Timeout = Patience)]
    public async Task A_registered_key_explains_a_login_that_its_owner_may_have()
    {
        ToldSession session = Told(SessionMethod.Key) with { Key = _broker.ClientKey.ToText() };
        Assert.Contains("not registered", Assert.Single(await TellAsync(session)).Fault, StringComparison.Ordinal);

        Broker.Must(await _broker.Keys.RegisterAsync(Broker.Alice, Holder.Of(Broker.Alice.Subject), "laptop", _broker.ClientKey, null, default));
        Assert.Empty(await TellAsync(Told(SessionMethod.Key) with { Key = _broker.ClientKey.ToText() }));
        Assert.Single(await TellAsync(Told(SessionMethod.Key) with { Key = _broker.ClientKey.ToText(), Login = "not a login" }));

        Broker.Must(await _broker.Revoker.RemoveGrantAsync(Broker.Admin, (await _broker.Grants.FindAsync(GrantId.Parse("g1"), default))!, default));
        Assert.Single(await TellAsync(Told(SessionMethod.Key) with { Key = _broker.ClientKey.ToText() }));
    }

    [Fact(Timeout = Patience)]
    public async Task A_passcode_explains_the_one_session_that_it_opened()
    {
        MintedPasscode minted = Broker.Must(await _broker.Passcodes.MintAsync(
            Broker.Alice, new PasscodeOrder(_web, Broker.Deploy, null, null, null), default));
        ulong serial = minted.Passcode.Serial;
        Assert.Contains("opened nothing", Assert.Single(await TellAsync(Told(SessionMethod.Passcode) with { Serial = serial })).Fault, StringComparison.Ordinal);
        Broker.Must(await _broker.Passcodes.RedeemAsync(Broker.CallerOf(_host), _host.Host, minted.Secret, Broker.Deploy, null, default));

        ToldSession opened = Told(SessionMethod.Passcode) with { Serial = serial };
        Assert.Single(await TellAsync(Told(SessionMethod.Passcode) with { Serial = serial, Login = "root" }));
        Assert.Empty(await TellAsync(opened));
        Assert.Empty(await TellAsync(opened));

        Assert.Contains("another session", Assert.Single(await TellAsync(Told(SessionMethod.Passcode) with { Serial = serial })).Fault, StringComparison.Ordinal);
        Assert.Single(await TellAsync(Told(SessionMethod.Passcode)));
        Assert.Single(await TellAsync(Told(SessionMethod.Passcode) with { Serial = serial - 1 }));
        AdmittedHost other = await _broker.EnrollAsync();
        Assert.Single(Broker.Must(await _broker.Sessions.RecordAsync(
            Broker.CallerOf(other), other.Host, [Told(SessionMethod.Passcode) with { Serial = serial }], default)));
    }

    [Fact(Timeout = Patience)]
    public async Task Whatever_else_opens_a_session_is_an_alarm() =>
        Assert.Contains("no broker gives", Assert.Single(await TellAsync(Told(SessionMethod.Other))).Fault, StringComparison.Ordinal);

    private SshCertificate Sign(CertificateContent content, SshPrivateKey? ca = null)
    {
        if (ca is null) return _broker.SignAsUserCa(content);
        byte[] toBeSigned = content.ToBeSigned(ca.PublicKey);
        return SshCertificate.Assemble(toBeSigned, ca.Sign(toBeSigned));
    }

    private async Task<SshCertificate> IssueForOtherAsync()
    {
        Resource other = Broker.Must(await _broker.Tree.PutResourceAsync(
            Broker.Admin, Broker.ResourceOf("acme/production/other", "other.example.com"), default));
        Broker.Must(await _broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g2", "acme/production/other"), default));
        return Broker.Must(await _broker.IssueAsync(other)).Certificate;
    }

    /// <summary>The login happens, and is told, at that time.</summary>
    private ToldSession At(ToldSession session, DateTimeOffset time)
    {
        _broker.Clock.Advance(time - _broker.Now);
        return session with { Time = time };
    }

    private async Task<ToldSession> RevokeAsync(ToldSession session, string what, CertificateContent content)
    {
        Broker.Must(await (what switch
        {
            "revoked serial" => _broker.Revoker.RevokeSerialAsync(Broker.Admin, content.Serial, "why", default),
            "revoked key" => _broker.Revoker.RevokeKeyAsync(Broker.Admin, content.SubjectKey.Fingerprint, "why", default),
            _ => _broker.Revoker.RevokeSubjectAsync(Broker.Admin, Subject.Parse(content.KeyId), "why", default),
        }));
        return At(session, _broker.Now + SessionExplainer.Tolerance);
    }

    private ToldSession Of(SshCertificate certificate) => Told(SessionMethod.Certificate) with { Certificate = certificate.ToText() };

    private ToldSession Told(SessionMethod method) =>
        new($"s-{++_count}", SessionStep.Opened, _broker.Now, "deploy", method, "192.0.2.7", null, null, null, null);

    private async Task<IReadOnlyList<UnexplainedSession>> TellAsync(params ToldSession[] sessions) =>
        Broker.Must(await _broker.Sessions.RecordAsync(Broker.CallerOf(_host), _host.Host, sessions, default));
}
