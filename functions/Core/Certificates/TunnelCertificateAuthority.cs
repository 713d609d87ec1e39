using System.Globalization;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Certificates;

/// <summary>Mints the certificate by which a host behind NAT keeps its reverse tunnel: one listening port on one bastion, nothing else.</summary>
/// <remarks>
/// The order is that of every mint: draft → lint → sign → journal → release. What stands in it comes from the resource that a manager
/// put; the host names a key and nothing else. It holds no terminal, forces a command that does nothing, and its principal is one that
/// only a host maps which turns the extension into <c>permitlisten</c>.
/// </remarks>
public sealed class TunnelCertificateAuthority
{
    private const string DoNothing = "/bin/false";
    private readonly ISigningKeys _keys;
    private readonly HostRegistry _hosts;
    private readonly ResourceTree _tree;
    private readonly RevocationRegistry _revocations;
    private readonly JournalWriter _journal;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="keys">Says which user CA key signs.</param>
    /// <param name="hosts">Says which hosts are enrolled.</param>
    /// <param name="tree">Says where a host's tunnel leads.</param>
    /// <param name="revocations">Says which keys are revoked.</param>
    /// <param name="journal">Records every mint and refusal.</param>
    public TunnelCertificateAuthority(ISigningKeys keys, HostRegistry hosts, ResourceTree tree, RevocationRegistry revocations, JournalWriter journal)
    {
        _keys = keys;
        _hosts = hosts;
        _tree = tree;
        _revocations = revocations;
        _journal = journal;
    }

    /// <summary>Life of a certificate. The connection outlives it; a tunnel that breaks comes back without the broker for that long.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromHours(1);

    /// <summary>The name under which the journal holds what allowed it, in the place of a grant.</summary>
    /// <param name="host">The host.</param>
    /// <returns><c>host:ID</c>, which no grant can be called.</returns>
    public static string GrantOf(HostId host) => host.Subject.Text;

    /// <summary>Mints a certificate for a host's tunnel.</summary>
    /// <param name="caller">The host's own proof.</param>
    /// <param name="host">The host that the caller is.</param>
    /// <param name="key">The key that the tunnel is kept with; not one of its host keys.</param>
    /// <param name="cancellationToken">Ends the wait, but not a mint that has its serial.</param>
    /// <returns>
    /// The certificate, once its entry is durable; <see cref="Refusal.NotFound"/> when the resource has no tunnel;
    /// <see cref="Refusal.Denied"/>, recorded, for a revoked key, a bastion that is gone, or SSH that is switched off on either end.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away; no certificate was released.</exception>
    /// <exception cref="SignerUnavailableException">The CA key is away; no certificate was released.</exception>
    public async Task<Result<IssuedTunnelCertificate>> IssueAsync(
        Caller caller, EnrolledHost host, SshPublicKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(key);
        _keys.Anticipate();
        if ((await _tree.FindResourceAsync(host.Resource, cancellationToken))?.Tunnel is not { } tunnel)
        {
            return new Refusal.NotFound(
                $"{host.Resource} has no reverse tunnel", "a manager sets it: sshfn resource put PATH --tunnel LOGIN@BASTION:PORT");
        }

        Refusal.Denied? fault = await FaultOfAsync(host, tunnel, key, cancellationToken);
        if (fault is null && await _tree.FindResourceAsync(tunnel.Bastion, cancellationToken) is { } bastion) return await MintAsync(caller, host, tunnel, bastion, key);
        fault ??= new Refusal.Denied($"there is no resource {tunnel.Bastion}", "a manager makes it, or chooses another");
        await _journal.AppendAsync(
            caller, new JournalEvent.CertificateRefused(tunnel.Bastion, tunnel.Login, key.Fingerprint.ToString(), fault.Detail), cancellationToken);
        return fault;
    }

    private async Task<Refusal.Denied?> FaultOfAsync(EnrolledHost host, ReverseTunnel tunnel, SshPublicKey key, CancellationToken cancellationToken)
    {
        if (await _revocations.FindKeyAsync(key.Fingerprint, cancellationToken) is { } revoked)
            return new Refusal.Denied($"the key is revoked: {revoked.Reason}", "remove the tunnel's key and start it again");
        if (host.HasKey(key)) return new Refusal.Denied("that is a host key", "make a key for the tunnel alone");
        ResourcePath? off = await _tree.FindSwitchedOffAsync(host.Resource, cancellationToken) ?? await _tree.FindSwitchedOffAsync(tunnel.Bastion, cancellationToken);
        return off is { } path ? new Refusal.Denied($"SSH is disabled on {path}", $"someone who may switches it on: sshfn switch on {path}") : null;
    }

    private async Task<Result<IssuedTunnelCertificate>> MintAsync(
        Caller caller, EnrolledHost host, ReverseTunnel tunnel, Resource bastion, SshPublicKey key)
    {
        using JournalReservation reservation = await _journal.ReserveAsync(caller, CancellationToken.None);
        UserCa ca = (await _keys.ReadAsync(CancellationToken.None)).UserCa;
        CertificateContent content = ContentOf(host, tunnel, key, reservation);
        PreparedCertificate? prepared = ca.Prepare(new CertificateDraft(content, reservation.Time, Life), out string? fault);
        if (prepared is null)
        {
            reservation.Void($"the linter refused: {fault}");
            return new Refusal.Invalid(null, $"the certificate would be faulty: {fault}", "change the tunnel of the resource, or the key");
        }

        SshCertificate certificate = await ca.SignAsync(prepared);
        JournalEntry entry = await reservation.CompleteAsync(new JournalEvent.CertificateIssued(
            tunnel.Bastion,
            tunnel.Login,
            GrantOf(host.Id),
            content.KeyId,
            content.ValidPrincipals,
            key.Fingerprint.ToString(),
            ca.PublicKey.Fingerprint.ToString(),
            content.ValidAfter,
            content.ValidBefore));
        // Asked once more: a host that was removed before the entry was there gets nothing.
        if (await _hosts.FindAsync(host.Id, CancellationToken.None) is not null)
            return new IssuedTunnelCertificate(certificate, tunnel, bastion.Hosts[0].Address);
        var dropped = new JournalEvent.ActionFailed(entry.Position.Serial, "the host was removed meanwhile; the certificate was not released");
        await _journal.AppendAsync(caller, dropped, CancellationToken.None);
        return new Refusal.Denied($"host {host.Id} was removed a moment ago", "enroll it again: sshfn host enroll");
    }

    private static CertificateContent ContentOf(EnrolledHost host, ReverseTunnel tunnel, SshPublicKey key, JournalReservation reservation) => new()
    {
        SubjectKey = key,
        Serial = reservation.Position.Serial,
        Type = CertificateType.User,
        KeyId = host.Id.Subject.Text,
        ValidPrincipals = [LimitedPrincipal.Of(tunnel.Login.Text, tunnel.Bastion.Text)],
        ValidAfter = CertificateLimits.WholeSeconds(reservation.Time - CertificateLimits.Backdate),
        ValidBefore = CertificateLimits.WholeSeconds(reservation.Time + Life),
        CriticalOptions = [CertificateOption.ForceCommand(DoNothing)],
        Extensions = CertificateOption.Sorted(
        [
            CertificateOption.PermitPortForwarding,
            CertificateOption.WithValue(LimitedPrincipal.ListenPortOption, tunnel.Port.ToString(CultureInfo.InvariantCulture)),
        ]),
    };
}
