using System.Collections.Immutable;
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

/// <summary>Mints host certificates: draft → lint → sign → journal → release, in that order and no other.</summary>
/// <remarks>What stands in one is decided here, from the host's enrollment and its resource; a request names a key and nothing else.</remarks>
public sealed class HostCertificateAuthority
{
    /// <summary>Most certificates of one host that have not expired: eight keys renewed every twenty days have sixteen.</summary>
    public const int MaximumLiveCount = 100;

    private readonly ISigningKeys _keys;
    private readonly HostRegistry _hosts;
    private readonly ResourceTree _tree;
    private readonly RevocationRegistry _revocations;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="keys">Says which host CA key signs.</param>
    /// <param name="hosts">Where a host's certificates are noted.</param>
    /// <param name="tree">Says what a resource is called.</param>
    /// <param name="revocations">Says which keys are revoked.</param>
    /// <param name="journal">Records every mint and refusal.</param>
    /// <param name="clock">Says which certificates have expired.</param>
    public HostCertificateAuthority(
        ISigningKeys keys, HostRegistry hosts, ResourceTree tree, RevocationRegistry revocations, JournalWriter journal, TimeProvider clock)
    {
        _keys = keys;
        _hosts = hosts;
        _tree = tree;
        _revocations = revocations;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Mints a certificate for one of a host's keys.</summary>
    /// <param name="caller">The host's own proof.</param>
    /// <param name="host">The host that the caller is.</param>
    /// <param name="key">One of the keys that it enrolled with.</param>
    /// <param name="cancellationToken">Ends the wait, but not a mint that has its serial.</param>
    /// <returns>
    /// The certificate, once its entry is durable; <see cref="Refusal.Denied"/>, recorded, for any other key, a revoked one, or a resource
    /// that is gone or has no name that a certificate can hold; <see cref="Refusal.Conflict"/> for too many.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away; no certificate was released.</exception>
    /// <exception cref="SignerUnavailableException">The CA key is away; no certificate was released.</exception>
    public async Task<Result<SshCertificate>> IssueAsync(
        Caller caller, EnrolledHost host, SshPublicKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(key);
        _keys.Anticipate();
        if (await FaultOfKeyAsync(host, key, cancellationToken) is { } fault) return await RefuseAsync(caller, host, key, fault, cancellationToken);
        DateTimeOffset now = _clock.GetUtcNow();
        if (host.Certificates.Count(certificate => certificate.ValidBefore > now) >= MaximumLiveCount)
            return new Refusal.Conflict($"host {host.Id} has {MaximumLiveCount} certificates that have not expired", "renew one in its last third, not before");
        Resource? resource = await _tree.FindResourceAsync(host.Resource, cancellationToken);
        if (resource is null)
            return await RefuseAsync(caller, host, key, new($"resource {host.Resource} is removed", "remove the host, and enroll it as another resource"), cancellationToken);
        ImmutableArray<string> principals = HostCertificateProfile.PrincipalsOf(resource, host.Instance);
        if (principals.IsEmpty)
        {
            return await RefuseAsync(caller, host, key, new(
                $"{host.Resource} is reached under patterns only, and a host certificate needs whole names",
                "give the resource an address without '*': sshfn resource put"), cancellationToken);
        }

        return await MintAsync(caller, host, key, principals);
    }

    private async Task<Result<SshCertificate>> MintAsync(Caller caller, EnrolledHost host, SshPublicKey key, ImmutableArray<string> principals)
    {
        using JournalReservation reservation = await _journal.ReserveAsync(caller, CancellationToken.None);
        HostCa ca = (await _keys.ReadAsync(CancellationToken.None)).HostCa;
        CertificateContent content = HostCertificateProfile.ContentOf(host, key, principals, reservation);
        PreparedCertificate? prepared = ca.Prepare(new CertificateDraft(content, reservation.Time, HostCertificateProfile.Life), out string? fault);
        if (prepared is null)
        {
            reservation.Void($"the linter refused: {fault}");
            return new Refusal.Invalid(null, $"the certificate would be faulty: {fault}", "change the addresses of the resource, or the host key");
        }

        SshCertificate certificate = await ca.SignAsync(prepared);
        JournalEntry entry = await reservation.CompleteAsync(new JournalEvent.HostCertificateIssued(
            host.Id,
            host.Resource,
            host.Instance,
            content.KeyId,
            content.ValidPrincipals,
            key.Fingerprint.ToString(),
            ca.PublicKey.Fingerprint.ToString(),
            content.ValidAfter,
            content.ValidBefore));
        // Noted before it is released: whoever revokes the host finds every certificate that it has, and who is removed gets none.
        var stamp = new HostCertificateStamp(content.Serial, content.ValidBefore);
        if (await _hosts.ChangeAsync(host.Id, current => current with { Certificates = [.. LiveOf(current), stamp] }, CancellationToken.None) is not null)
            return certificate;
        var dropped = new JournalEvent.ActionFailed(entry.Position.Serial, "the host was removed meanwhile; the certificate was not released");
        await _journal.AppendAsync(caller, dropped, CancellationToken.None);
        return new Refusal.Denied($"host {host.Id} was removed a moment ago", "enroll it again: sshfn host enroll");
    }

    private async Task<Refusal.Denied?> FaultOfKeyAsync(EnrolledHost host, SshPublicKey key, CancellationToken cancellationToken)
    {
        if (!host.HasKey(key))
            return new Refusal.Denied($"host {host.Id} did not enroll with the key {key.Fingerprint}", "enroll the host again with its present host keys: sshfn host enroll");
        return await _revocations.FindHostKeyAsync(key, cancellationToken) is { } revoked
            ? new Refusal.Denied($"the key is revoked: {revoked.Reason}", "make new host keys and enroll with them")
            : null;
    }

    private IEnumerable<HostCertificateStamp> LiveOf(EnrolledHost host)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        return host.Certificates.Where(certificate => certificate.ValidBefore > now);
    }

    private async Task<Result<SshCertificate>> RefuseAsync(
        Caller caller, EnrolledHost host, SshPublicKey key, Refusal.Denied denied, CancellationToken cancellationToken)
    {
        var refused = new JournalEvent.HostCertificateRefused(host.Id, host.Resource, key.Fingerprint.ToString(), denied.Detail);
        await _journal.AppendAsync(caller, refused, cancellationToken);
        return denied;
    }
}
