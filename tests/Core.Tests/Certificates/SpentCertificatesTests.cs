using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Tests.Certificates;

public sealed class SpentCertificatesTests
{
    private const int Patience = 60_000;
    private static readonly EnrolledHost Host = Broker.EnrolledHostOf();

    [Fact(Timeout = Patience)]
    public async Task A_certificate_for_single_use_lives_two_minutes_and_says_what_it_is()
    {
        await using var broker = new Broker();
        SshCertificate certificate = await IssueAsync(broker);
        Assert.Equal(broker.Now.AddSeconds(120), certificate.Content.ValidBefore);
        Assert.Equal(["limited:deploy@acme/production/web"], certificate.Content.ValidPrincipals.ToArray());
        Assert.Contains(certificate.Content.Extensions, option => option.Name == "single-use@sshfunctions" && option.Data.IsEmpty);
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_that_can_not_enforce_it_gets_no_such_certificate_and_git_no_password()
    {
        await using var broker = new Broker();
        Resource web = await MakeAsync(broker);
        var refused = Broker.Refused<Refusal.Denied>((await broker.IssueAsync(web with { Profile = CertificateProfileName.PlainSshd })).Refusal);
        Assert.Contains("one connection for each certificate", refused.Detail, StringComparison.Ordinal);
        var denied = Broker.Refused<Refusal.Denied>((await broker.GitPasswords.MintAsync(Broker.Alice, web, Broker.Deploy, null, default)).Refusal);
        Assert.Contains("single use", denied.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task One_connection_is_granted_as_often_as_it_asks_and_another_is_refused()
    {
        await using var broker = new Broker();
        SshCertificate certificate = await IssueAsync(broker);
        Assert.Equal(certificate.Content.Serial, Broker.Must(await SpendAsync(broker, certificate)).Serial);
        Broker.Must(await SpendAsync(broker, certificate));
        Broker.Refused<Refusal.Denied>((await SpendAsync(broker, certificate, session: "other")).Refusal);
        Broker.Refused<Refusal.Denied>((await SpendAsync(broker, certificate, host: Broker.EnrolledHostOf())).Refusal);
        Assert.Equal(2, (await broker.EventsAsync<JournalEvent.CertificateSpent>()).Length);
        Assert.All(
            await broker.EventsAsync<JournalEvent.CertificateSpendRefused>(),
            refused => Assert.Equal((certificate.Content.Serial, "it served another connection"), (refused.Certificate!.Value, refused.Reason)));
    }

    [Theory(Timeout = Patience)]
    [InlineData("another login", "it is for deploy on acme/production/web")]
    [InlineData("another resource", "it is for deploy on acme/production/web")]
    [InlineData("expired", "not valid now")]
    [InlineData("revoked", "revoked")]
    [InlineData("not for single use", "not for single use")]
    [InlineData("another CA", "did not sign it")]
    public async Task Opens_nothing_when(string what, string reason)
    {
        await using var broker = new Broker();
        await using var foreign = new Broker();
        SshCertificate certificate = what switch
        {
            "another CA" => await IssueAsync(foreign),
            "not for single use" => Broker.Must(await broker.IssueAsync(await broker.MakeWebAsync())).Certificate,
            _ => await IssueAsync(broker),
        };
        if (what == "expired") broker.Clock.Advance(TimeSpan.FromSeconds(120));
        if (what == "revoked") Broker.Must(await broker.Revoker.RevokeSerialAsync(Broker.Admin, certificate.Content.Serial, "leaked", default));
        Result<JournalPosition> result = await SpendAsync(
            broker,
            certificate,
            login: what == "another login" ? "root" : "deploy",
            host: what == "another resource" ? Broker.EnrolledHostOf("acme/production/db") : null);
        Assert.Contains(reason, Broker.Refused<Refusal.Denied>(result.Refusal).Detail, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Single(await broker.EventsAsync<JournalEvent.CertificateSpendRefused>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_holds_a_single_use_grant_can_give_no_other()
    {
        Grant once = Broker.GrantOf("g1", role: Role.Manager) with { SingleUse = true };
        Assert.False(once.Covers(Broker.GrantOf("g2")));
        Assert.True(once.Covers(Broker.GrantOf("g2") with { SingleUse = true }));
        Assert.True(Broker.GrantOf("g1", role: Role.Manager).Covers(Broker.GrantOf("g2") with { SingleUse = true }));
    }

    private static async Task<Resource> MakeAsync(Broker broker)
    {
        Resource web = await broker.MakeWebAsync(withGrant: false);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { SingleUse = true }, default));
        return web;
    }

    private static async Task<SshCertificate> IssueAsync(Broker broker) =>
        Broker.Must(await broker.IssueAsync(await MakeAsync(broker))).Certificate;

    private static Task<Result<JournalPosition>> SpendAsync(
        Broker broker, SshCertificate certificate, string session = "one", string login = "deploy", EnrolledHost? host = null) =>
        broker.Spent.SpendAsync(Broker.CallerOf(host ?? Host), host ?? Host, certificate, Login.Parse(login), session, default);
}
