using System.Globalization;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Certificates;

public sealed class HostCertificateAuthorityTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task Names_the_host_as_its_resource_does_and_nothing_else()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();

        SshCertificate certificate = Broker.Must(await IssueAsync(broker, host));

        CertificateContent content = certificate.Content;
        Assert.True(certificate.VerifySignature());
        Assert.Equal(broker.HostSigner.PublicKey, certificate.CaKey);
        Assert.Equal((CertificateType.Host, $"host:{host.Host.Id}", broker.ClientKey), (content.Type, content.KeyId, content.SubjectKey));
        Assert.Equal("web.example.com", Assert.Single(content.ValidPrincipals));
        Assert.Empty(content.Extensions);
        Assert.Empty(content.CriticalOptions);
        Assert.Equal((broker.Now - TimeSpan.FromSeconds(60), broker.Now + TimeSpan.FromDays(30)), (content.ValidAfter, content.ValidBefore));
        JournalEntry entry = Assert.Single(await broker.EntriesAsync(), entry => entry.Event is JournalEvent.HostCertificateIssued);
        Assert.Equal(content.Serial, entry.Position.Serial);
        Assert.Equal(0, broker.Signer.SignedCount);
    }

    [Theory(Timeout = Patience)]
    [InlineData("acme/production/web", "web.example.com 10.0.0.9 web0.example.com web1.example.com")]
    [InlineData("acme/production/web#1", "web.example.com 10.0.0.9 web1.example.com")]
    public async Task An_instance_has_its_own_names_and_those_of_the_whole(string place, string principals)
    {
        await using var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf() with
        {
            Hosts = [Host("web.example.com"), Host("web.example.com", 2222), Host("10.0.0.9"), Host("*.web.example.com"), Host("web0.example.com", 22, 0), Host("web1.example.com", 22, 1)],
        }, default));
        AdmittedHost host = await broker.EnrollAsync(place);

        Assert.Equal(principals, string.Join(' ', Broker.Must(await IssueAsync(broker, host)).Content.ValidPrincipals));
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_resource_that_has_patterns_only_and_says_what_to_do()
    {
        await using var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: "*.example.com"), default));
        AdmittedHost host = await broker.EnrollAsync();

        var denied = Broker.Refused<Refusal.Denied>((await IssueAsync(broker, host)).Refusal);

        Assert.Contains("patterns only", denied.Detail, StringComparison.Ordinal);
        Assert.Contains("without '*'", denied.Fix, StringComparison.Ordinal);
        Assert.Equal(0, broker.HostSigner.SignedCount);
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_key_that_the_host_did_not_enroll_with_and_a_revoked_one()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);

        Broker.Refused<Refusal.Denied>((await IssueAsync(broker, host, other.PublicKey)).Refusal);
        Broker.Must(await broker.Revoker.RevokeKeyAsync(Broker.Admin, broker.ClientKey.Fingerprint, "stolen", default));
        Broker.Refused<Refusal.Denied>((await IssueAsync(broker, host)).Refusal);

        Assert.Equal(2, (await broker.EventsAsync<JournalEvent.HostCertificateRefused>()).Length);
        Assert.Equal(0, broker.HostSigner.SignedCount);
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_that_is_removed_meanwhile_gets_no_certificate()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        HeldCommit append = broker.Store.HoldNextCommit();
        Task<Result<SshCertificate>> issue = IssueAsync(broker, host);
        await append.Reached;
        await using (var other = new Broker(broker.Store, broker.Clock, "two"))
            Broker.Must(await other.HostRemoval.RemoveAsync(Broker.Admin, host.Host, default));
        append.Release();

        Assert.Contains("removed a moment ago", Broker.Refused<Refusal.Denied>((await issue).Refusal).Detail, StringComparison.Ordinal);
        Assert.Single(await broker.EventsAsync<JournalEvent.ActionFailed>());
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_has_a_hundred_live_certificates_at_most()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        for (int count = 0; count < HostCertificateAuthority.MaximumLiveCount; count++) Broker.Must(await IssueAsync(broker, host));

        Broker.Refused<Refusal.Conflict>((await IssueAsync(broker, host)).Refusal);
        broker.Clock.Advance(TimeSpan.FromDays(30));

        Broker.Must(await IssueAsync(broker, host));
        Assert.Single((await broker.Hosts.FindAsync(host.Host.Id, default))!.Certificates);
    }

    [Fact(Timeout = Patience)]
    public async Task Neither_CA_signs_the_others_certificates()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        var confused = new HostCertificateAuthority(
            broker.SigningKeys, broker.Hosts, broker.Tree, broker.Revocations, broker.Journal, broker.Clock);
        SshCertificate good = Broker.Must(await confused.IssueAsync(Broker.CallerOf(host), host.Host, broker.ClientKey, default));
        var draft = new CertificateDraft(good.Content, broker.Now, HostCertificateProfile.Life);

        Assert.Null(new UserCa(broker.Signer, broker.Clock).Prepare(draft, out string? fault));
        Assert.Contains("no other type", fault, StringComparison.Ordinal);
        var user = new CertificateDraft(draft.Content with { Type = CertificateType.User, ValidPrincipals = ["root"] }, broker.Now, HostCertificateProfile.Life);
        Assert.Null(new HostCa(broker.HostSigner, broker.Clock).Prepare(user, out fault));
        Assert.Contains("no other type", fault, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task While_the_CA_key_is_away_no_certificate_is_released()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        broker.HostSigner.IsAway = true;
        await Assert.ThrowsAsync<SignerUnavailableException>(() => IssueAsync(broker, host));
        broker.HostSigner.IsAway = false;
        broker.HostSigner.Miscalculates = true;
        await Assert.ThrowsAsync<SignerUnavailableException>(() => IssueAsync(broker, host));
        Assert.Empty(await broker.EventsAsync<JournalEvent.HostCertificateIssued>());
        Assert.Empty((await broker.Hosts.FindAsync(host.Host.Id, default))!.Certificates);
    }

    private static ResourceHost Host(string name, int port = 22, int? instance = null) =>
        ResourceHost.TryCreate(name, port, instance, out ResourceHost host) ? host : throw new FormatException(name.ToString(CultureInfo.InvariantCulture));

    private static async Task<Result<SshCertificate>> IssueAsync(Broker broker, AdmittedHost host, SshPublicKey? key = null) =>
        await broker.HostCertificates.IssueAsync(
            Broker.CallerOf(host), (await broker.Hosts.FindAsync(host.Host.Id, default))!, key ?? broker.ClientKey, default);
}
