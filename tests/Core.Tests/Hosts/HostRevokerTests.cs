using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;

namespace SshFunctions.Core.Tests.Hosts;

public sealed class HostRevokerTests : IDisposable
{
    private const int Patience = 60_000;
    private readonly SshPrivateKey _shared = SshPrivateKey.GenerateEcdsa(256);

    public void Dispose() => _shared.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Revokes_the_certificates_of_the_host_and_no_others()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost one = await broker.EnrollAsync();
        AdmittedHost two = await broker.EnrollAsync();
        SshCertificate gone = await IssueAsync(broker, one);
        SshCertificate spared = await IssueAsync(broker, two);

        RevokedAccess revoked = Broker.Must(await broker.HostRevoker.RevokeAsync(Broker.Admin, (await broker.Hosts.FindAsync(one.Host.Id, default))!, "stolen", default));

        Assert.Equal($"host:{one.Host.Id}", Assert.Single(revoked.Revocations).Id);
        RevocationList list = await ListAsync(broker);
        Assert.True(list.IsRevoked(gone));
        Assert.False(list.IsRevoked(spared));
        RevokedCertificates ofHostCa = Assert.Single(list.Certificates, each => IsOf(each, broker.HostSigner.PublicKey));
        Assert.Equal(gone.Content.Serial, Assert.Single(ofHostCa.Serials).First);
        Assert.Null(await broker.Hosts.FindAsync(one.Host.Id, default));
        Broker.Refused<Refusal.Unauthenticated>((await broker.Tokens.AuthenticateAsync(one.Token.Token.Id, one.Token.Secret, null, default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_tunnel_of_the_host_is_revoked_by_its_name_under_the_user_CA()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        Broker.Must(await broker.HostRevoker.RevokeAsync(Broker.Admin, host.Host, "stolen", default));
        Assert.Contains(
            $"host:{host.Host.Id}", Assert.Single((await ListAsync(broker)).Certificates, each => IsOf(each, broker.Signer.PublicKey)).KeyIds);
    }

    [Fact(Timeout = Patience)]
    public async Task Lifting_it_takes_everything_back_but_the_enrollment()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        SshCertificate certificate = await IssueAsync(broker, host);
        Broker.Must(await broker.HostRevoker.RevokeAsync(Broker.Admin, (await broker.Hosts.FindAsync(host.Host.Id, default))!, "a mistake", default));
        Assert.NotNull(await broker.Revocations.FindHostKeyAsync(broker.ClientKey, default));

        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, $"host:{host.Host.Id}", default));

        RevocationList list = await ListAsync(broker);
        Assert.False(list.IsRevoked(certificate));
        Assert.All(list.Certificates, each => Assert.Equal(0, each.Serials.Length + each.KeyIds.Count));
        Assert.Null(await broker.Revocations.FindHostKeyAsync(broker.ClientKey, default));
        Assert.Null(await broker.Hosts.FindAsync(host.Host.Id, default));
        await broker.EnrollAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task A_key_that_another_host_has_too_is_not_revoked_with_it()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost thief = await broker.EnrollAsync("acme/production/web", broker.ClientKey, _shared.PublicKey);
        await broker.EnrollAsync("acme/production/web", _shared.PublicKey);

        RevokedAccess revoked = Broker.Must(await broker.HostRevoker.RevokeAsync(Broker.Admin, thief.Host, "why", default));

        Assert.Equal(broker.ClientKey.ToText(), Assert.Single(Assert.Single(revoked.Revocations).Host!.Keys));
        Assert.Null(await broker.Revocations.FindHostKeyAsync(_shared.PublicKey, default));
    }

    [Fact(Timeout = Patience)]
    public async Task Serials_leave_the_list_when_their_certificates_have_expired()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        await IssueAsync(broker, host);
        Broker.Must(await broker.HostRevoker.RevokeAsync(Broker.Admin, (await broker.Hosts.FindAsync(host.Host.Id, default))!, "why", default));
        broker.Clock.Advance(TimeSpan.FromDays(31));
        Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Subject.Parse("bob"), "why", default));

        Assert.Empty(Assert.Single((await ListAsync(broker)).Certificates, each => IsOf(each, broker.HostSigner.PublicKey)).Serials);
    }

    [Fact(Timeout = Patience)]
    public async Task A_revoked_CA_takes_every_certificate_of_its_own_with_it()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        SshCertificate ours = await IssueAsync(broker, await broker.EnrollAsync());
        SshCertificate theirs = SshCertificate.Assemble(ours.Content.ToBeSigned(_shared.PublicKey), _shared.Sign(ours.Content.ToBeSigned(_shared.PublicKey)));

        RevokedAccess revoked = Broker.Must(await broker.Revoker.RevokeCaAsync(Broker.Admin, _shared.PublicKey.Fingerprint, "rogue", default));

        Assert.Equal($"ca:{_shared.PublicKey.Fingerprint}", Assert.Single(revoked.Revocations).Id);
        RevocationList list = await ListAsync(broker);
        Assert.True(list.IsRevoked(theirs));
        Assert.False(list.IsRevoked(ours));
        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, $"ca:{_shared.PublicKey.Fingerprint}", default));
        Assert.False((await ListAsync(broker)).IsRevoked(theirs));
    }

    private static async Task<RevocationList> ListAsync(Broker broker) => RevocationList.Parse((await broker.Publisher.ReadAsync(default)).Krl.Span);

    private static async Task<SshCertificate> IssueAsync(Broker broker, AdmittedHost host) => Broker.Must(await broker.HostCertificates.IssueAsync(
        Broker.CallerOf(host), (await broker.Hosts.FindAsync(host.Host.Id, default))!, broker.ClientKey, default));

    private static bool IsOf(RevokedCertificates each, SshPublicKey ca) => each.CaWire.Span.SequenceEqual(ca.Wire.Span);
}
