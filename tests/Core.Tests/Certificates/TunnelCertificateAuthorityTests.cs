using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Tests.Certificates;

public sealed class TunnelCertificateAuthorityTests : IDisposable
{
    private const int Patience = 60_000;
    private static readonly ResourcePath Bastion = ResourcePath.Parse("acme/production/bastion");
    private readonly SshPrivateKey _tunnelKey = SshPrivateKey.GenerateEcdsa(256);

    [Fact(Timeout = Patience)]
    public async Task Opens_one_port_on_one_bastion_and_nothing_else()
    {
        await using var broker = new Broker();
        AdmittedHost host = await MakeAsync(broker);

        IssuedTunnelCertificate issued = Broker.Must(await IssueAsync(broker, host, _tunnelKey.PublicKey));

        CertificateContent content = issued.Certificate.Content;
        Assert.True(issued.Certificate.VerifySignature());
        Assert.Equal(broker.Signer.PublicKey, issued.Certificate.CaKey);
        Assert.Equal((CertificateType.User, $"host:{host.Host.Id}"), (content.Type, content.KeyId));
        Assert.Equal("limited:tunnel@acme/production/bastion", Assert.Single(content.ValidPrincipals));
        Assert.Equal(["listen-port@sshfunctions", "permit-port-forwarding"], content.Extensions.Select(option => option.Name));
        Assert.True(content.Extensions[0].TryGetValue(out string? port));
        Assert.Equal("20022", port);
        Assert.True(Assert.Single(content.CriticalOptions).TryGetValue(out string? command));
        Assert.Equal("/bin/false", command);
        Assert.Equal(broker.Now + TimeSpan.FromHours(1), content.ValidBefore);
        Assert.Equal("bastion.example.com", issued.Bastion.Name);
        JournalEvent.CertificateIssued entry = Assert.Single(await broker.EventsAsync<JournalEvent.CertificateIssued>());
        Assert.Equal((Bastion, $"host:{host.Host.Id}"), (entry.Resource, entry.Grant));
    }

    [Theory(Timeout = Patience)]
    [InlineData("acme/production/web")]
    [InlineData("acme/production/bastion")]
    [InlineData("acme/production")]
    public async Task Refuses_while_ssh_is_switched_off_at_either_end(string place)
    {
        await using var broker = new Broker();
        AdmittedHost host = await MakeAsync(broker);
        Broker.Must(await broker.Tree.SetSwitchAsync(Broker.Admin, ResourcePath.Parse(place), SshSwitch.Disabled, null, default));

        Refusal.Denied refusal = Broker.Refused<Refusal.Denied>((await IssueAsync(broker, host, _tunnelKey.PublicKey)).Refusal);

        Assert.Equal($"SSH is disabled on {place}", refusal.Detail);
        Assert.Single(await broker.EventsAsync<JournalEvent.CertificateRefused>());
        Assert.Equal(0, broker.Signer.SignedCount);
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_host_key_a_revoked_key_and_a_resource_without_a_tunnel()
    {
        await using var broker = new Broker();
        AdmittedHost host = await MakeAsync(broker);
        Broker.Refused<Refusal.Denied>((await IssueAsync(broker, host, broker.ClientKey)).Refusal);
        Broker.Must(await broker.Revoker.RevokeKeyAsync(Broker.Admin, _tunnelKey.PublicKey.Fingerprint, "lost", default));
        Refusal.Denied revoked = Broker.Refused<Refusal.Denied>((await IssueAsync(broker, host, _tunnelKey.PublicKey)).Refusal);
        Assert.Contains("lost", revoked.Detail, StringComparison.Ordinal);
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(), default));
        Broker.Refused<Refusal.NotFound>((await IssueAsync(broker, host, _tunnelKey.PublicKey)).Refusal);
        Assert.Equal(0, broker.Signer.SignedCount);
    }

    [Fact(Timeout = Patience)]
    public async Task Gives_a_host_that_was_removed_meanwhile_nothing()
    {
        await using var broker = new Broker();
        AdmittedHost host = await MakeAsync(broker);
        Broker.Must(await broker.HostRemoval.RemoveAsync(Broker.Admin, host.Host, default));
        Broker.Refused<Refusal.Denied>((await IssueAsync(broker, host, _tunnelKey.PublicKey)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_of_a_host_that_is_removed_before_its_entry_is_not_released_and_the_journal_says_so()
    {
        await using var broker = new Broker();
        AdmittedHost host = await MakeAsync(broker);
        broker.Signer.Hangs = true;
        Task<Result<IssuedTunnelCertificate>> issue = IssueAsync(broker, host, _tunnelKey.PublicKey);
        await broker.Signer.Reached;
        await using (var other = new Broker(broker.Store, broker.Clock, "two"))
            Broker.Must(await other.HostRemoval.RemoveAsync(Broker.Admin, host.Host, default));
        broker.Signer.Release();

        Assert.Contains("removed a moment ago", Broker.Refused<Refusal.Denied>((await issue).Refusal).Detail, StringComparison.Ordinal);
        Assert.Single(await broker.EventsAsync<JournalEvent.ActionFailed>());
    }

    public void Dispose() => _tunnelKey.Dispose();

    private static async Task<AdmittedHost> MakeAsync(Broker broker)
    {
        await broker.MakeWebAsync();
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(Bastion.Text, "bastion.example.com"), default));
        Broker.Must(await broker.Tree.PutResourceAsync(
            Broker.Admin, Broker.ResourceOf() with { Tunnel = new ReverseTunnel(Bastion, Login.Parse("tunnel"), 20022) }, default));
        return await broker.EnrollAsync();
    }

    private static Task<Result<IssuedTunnelCertificate>> IssueAsync(Broker broker, AdmittedHost host, SshPublicKey key) =>
        broker.Tunnels.IssueAsync(Broker.CallerOf(host), host.Host, key, default);
}
