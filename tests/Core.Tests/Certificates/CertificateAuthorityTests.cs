using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Tests.Certificates;

public sealed class CertificateAuthorityTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task A_certificate_says_what_its_entry_says()
    {
        await using var broker = new Broker();
        SshCertificate certificate = Broker.Must(await broker.IssueAsync(await broker.MakeWebAsync())).Certificate;
        Assert.True(certificate.VerifySignature());
        JournalEntry entry = (await broker.EntriesAsync())[^1];
        JournalEvent.CertificateIssued issued = Assert.IsType<JournalEvent.CertificateIssued>(entry.Event);
        CertificateContent content = certificate.Content;
        Assert.Equal(entry.Position.Serial, content.Serial);
        Assert.Equal(("g1", "alice", "alice"), (issued.Grant, issued.KeyId, content.KeyId));
        Assert.Equal(["deploy@acme/production/web"], content.ValidPrincipals.ToArray());
        Assert.Equal(content.ValidPrincipals.ToArray(), issued.Principals.ToArray());
        Assert.Equal((content.ValidAfter, content.ValidBefore), (issued.ValidAfter, issued.ValidBefore));
        Assert.Equal(broker.Signer.PublicKey.Fingerprint.ToString(), issued.CaKey);
        Assert.Equal(broker.ClientKey.Fingerprint.ToString(), issued.SubjectKey);
        Assert.Equal(CertificateType.User, content.Type);
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_is_backdated_by_a_minute_and_has_whole_seconds()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        broker.Clock.Advance(TimeSpan.FromMilliseconds(999));
        CertificateContent content = Broker.Must(await broker.IssueAsync(web)).Certificate.Content;
        DateTimeOffset second = broker.Now - TimeSpan.FromMilliseconds(999);
        Assert.Equal(second - TimeSpan.FromSeconds(60), content.ValidAfter);
        Assert.Equal(second + Broker.LongestLife, content.ValidBefore);
    }

    [Fact(Timeout = Patience)]
    public async Task A_plain_sshd_gets_the_bare_login_as_principal()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync() with { Profile = CertificateProfileName.PlainSshd };
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, web, default));
        Assert.Equal("deploy", Assert.Single(Broker.Must(await broker.IssueAsync(web)).Certificate.Content.ValidPrincipals));
    }

    [Fact(Timeout = Patience)]
    public async Task Permissions_become_extensions_and_source_addresses_a_critical_option()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { Permissions = [] }, default));
        Assert.Empty(Broker.Must(await broker.IssueAsync(web)).Certificate.Content.Extensions);
        Grant rich = Broker.GrantOf("g1") with
        {
            Permissions = [.. Enum.GetValues<Permission>(), Permission.Pty],
            SourceAddresses = [SourceRange.Parse("10.0.0.0/8"), SourceRange.Parse("2001:db8::/32")],
        };
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, rich, default));
        CertificateContent content = Broker.Must(await broker.IssueAsync(web)).Certificate.Content;
        Assert.Equal(
            ["permit-X11-forwarding", "permit-agent-forwarding", "permit-port-forwarding", "permit-pty", "permit-user-rc"],
            content.Extensions.Select(extension => extension.Name));
        CertificateOption source = Assert.Single(content.CriticalOptions);
        Assert.True(source.TryGetValue(out string? ranges));
        Assert.Equal(("source-address", "10.0.0.0/8,2001:db8::/32"), (source.Name, ranges));
    }

    [Theory(Timeout = Patience)]
    [InlineData(900, null, null, null, null, null)]
    [InlineData(100, 100, null, null, null, null)]
    [InlineData(900, 5000, null, null, null, null)]
    [InlineData(200, null, 200, null, null, null)]
    [InlineData(300, null, null, 300, null, null)]
    [InlineData(400, null, null, null, 400, null)]
    [InlineData(500, null, null, null, null, 500)]
    [InlineData(100, 100, 200, 300, 400, 500)]
    [InlineData(30, 5000, 30, 300, 400, 500)]
    public async Task The_life_is_the_least_of_everything(int expected, int? wished, int? grantLife, int? grantEnd, int? resource, int? token)
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync() with { MaximumLifetime = Seconds(resource) };
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, web, default));
        Grant grant = Broker.GrantOf("g1") with { MaximumLifetime = Seconds(grantLife), NotAfter = broker.Now + Seconds(grantEnd) };
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, grant, default));
        Caller caller = Broker.Alice with { Expires = broker.Now + Seconds(token) };
        CertificateContent content = Broker.Must(await broker.IssueAsync(web, caller, Seconds(wished))).Certificate.Content;
        Assert.Equal(expected, (content.ValidBefore - broker.Now).TotalSeconds);
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_that_waited_for_its_serial_still_ends_with_its_grant_and_its_token()
    {
        foreach (bool ofToken in (bool[])[false, true])
        {
            await using var first = new Broker();
            Resource web = await first.MakeWebAsync();
            DateTimeOffset end = first.Now + TimeSpan.FromSeconds(60);
            if (!ofToken) Broker.Must(await first.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { NotAfter = end }, default));
            await using var second = new Broker(first.Store, first.Clock, "two");
            Support.Store.HeldCommit lease = first.Store.HoldNextCommit();
            Task<Result<IssuedCertificate>> issue = second.IssueAsync(web, Broker.Alice with { Expires = ofToken ? end : null });
            await lease.Reached;
            first.Clock.Advance(TimeSpan.FromSeconds(20));
            lease.Release();
            Assert.Equal(end, Broker.Must(await issue).Certificate.Content.ValidBefore);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_that_waited_until_too_little_was_left_is_refused_and_void()
    {
        await using var first = new Broker();
        Resource web = await first.MakeWebAsync();
        await using var second = new Broker(first.Store, first.Clock, "two");
        Support.Store.HeldCommit lease = first.Store.HoldNextCommit();
        Task<Result<IssuedCertificate>> issue = second.IssueAsync(web, Broker.Alice with { Expires = first.Now.AddSeconds(60) });
        await lease.Reached;
        first.Clock.Advance(TimeSpan.FromSeconds(45));
        lease.Release();
        Broker.Refused<Refusal.Denied>((await issue).Refusal);
        await second.Journal.AppendAsync(Caller.System, new JournalEvent.PrivateKeyReceived(null), default);
        Assert.Single(await first.EventsAsync<JournalEvent.EntryVoid>());
    }

    [Fact(Timeout = Patience)]
    public async Task A_wish_below_half_a_minute_is_invalid_and_a_rest_below_it_denied()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        Broker.Refused<Refusal.Invalid>((await broker.IssueAsync(web, lifetime: TimeSpan.FromSeconds(29))).Refusal);
        Broker.Refused<Refusal.Invalid>((await broker.IssueAsync(web, lifetime: TimeSpan.FromSeconds(-1))).Refusal);
        Broker.Must(await broker.IssueAsync(web, lifetime: TimeSpan.FromSeconds(30)));
        Broker.Refused<Refusal.Denied>((await broker.IssueAsync(web, Broker.Alice with { Expires = broker.Now.AddSeconds(29) })).Refusal);
        Assert.Single(await broker.EventsAsync<JournalEvent.CertificateRefused>());
    }

    [Fact(Timeout = Patience)]
    public async Task A_refusal_of_the_policy_is_recorded_and_nothing_is_signed()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync(withGrant: false);
        Broker.Refused<Refusal.Denied>((await broker.IssueAsync(web)).Refusal);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1"), default));
        Broker.Must(await broker.Revoker.RevokeKeyAsync(Broker.Admin, broker.ClientKey.Fingerprint, "lost", default));
        Broker.Refused<Refusal.Denied>((await broker.IssueAsync(web)).Refusal);
        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, $"key:{broker.ClientKey.Fingerprint}", default));
        Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Broker.Alice.Subject, "left", default));
        Broker.Refused<Refusal.Denied>((await broker.IssueAsync(web)).Refusal);
        string[] reasons = [.. (await broker.EventsAsync<JournalEvent.CertificateRefused>()).Select(refused => refused.Reason)];
        Assert.Equal(3, reasons.Length);
        Assert.Contains("lost", reasons[1], StringComparison.Ordinal);
        Assert.Contains("left", reasons[2], StringComparison.Ordinal);
        Assert.Equal(0, broker.Signer.SignedCount);
    }

    [Fact(Timeout = Patience)]
    public async Task A_resource_whose_environment_is_gone_is_refused()
    {
        await using var broker = new Broker();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1"), default));
        Broker.Refused<Refusal.Denied>((await broker.IssueAsync(Broker.ResourceOf(hosts: "web"))).Refusal);
        Assert.Equal(0, broker.Signer.SignedCount);
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;
}
