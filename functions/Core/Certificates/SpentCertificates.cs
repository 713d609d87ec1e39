using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Restoring;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Certificates;

/// <summary>Lets each single-use certificate serve one connection.</summary>
/// <remarks>Partition <c>spent-certificates</c>: row <c>EXPIRY:SERIAL</c>, so that the oldest stand first.</remarks>
public sealed class SpentCertificates
{
    /// <summary>Most characters of a host's name for a connection.</summary>
    public const int MaximumSessionLength = 100;

    private const string Partition = "spent-certificates";
    private const int PruneSize = 30;

    // Another broker's clock may be behind this one's, and still take the certificate.
    private static readonly TimeSpan Afterlife = TimeSpan.FromHours(1);
    private readonly IStore _store;
    private readonly JournalReader _reader;
    private readonly JournalWriter _journal;
    private readonly RevocationRegistry _revocations;
    private readonly ISigningKeys _keys;
    private readonly TimeProvider _clock;
    private readonly RestoreMarks _restores;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where spent ones lie.</param>
    /// <param name="reader">Where the entry of a certificate is found.</param>
    /// <param name="journal">Records every connection and refusal.</param>
    /// <param name="revocations">Says what is revoked.</param>
    /// <param name="keys">Says which CA keys count.</param>
    /// <param name="clock">Expiry.</param>
    public SpentCertificates(
        IStore store, JournalReader reader, JournalWriter journal, RevocationRegistry revocations, ISigningKeys keys, TimeProvider clock)
    {
        _store = store;
        _reader = reader;
        _journal = journal;
        _revocations = revocations;
        _keys = keys;
        _clock = clock;
        _restores = new RestoreMarks(store);
    }

    /// <summary>Lets one connection use a certificate. The same connection may ask again and is granted again.</summary>
    /// <param name="caller">The host as a caller.</param>
    /// <param name="host">The host that it is entering.</param>
    /// <param name="certificate">What the client authenticated with.</param>
    /// <param name="login">The account.</param>
    /// <param name="session">The host's name for the connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The serial, once the connection is recorded; <see cref="Refusal.Invalid"/>; or <see cref="Refusal.Denied"/>, recorded.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; the connection must not go on.</exception>
    public async Task<Result<JournalPosition>> SpendAsync(
        Caller caller, EnrolledHost host, SshCertificate certificate, Login login, string session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(certificate);
        if (FreeText.FaultOf(session, "session", MaximumSessionLength, required: true) is { } invalid) return invalid;
        bool ours = IsOurs(certificate, (await _keys.ReadAsync(cancellationToken)).Trusted);
        ulong? serial = ours ? certificate.Content.Serial : null;
        string? fault = !ours ? "this broker did not sign it" : await FaultOfAsync(host, certificate, login, cancellationToken)
            ?? (await ClaimAsync(certificate, host.Id, session, cancellationToken) ? null : "it served another connection");
        if (fault is not null)
        {
            await _journal.AppendAsync(
                caller, new JournalEvent.CertificateSpendRefused(host.Resource, login, host.Id, serial, fault), cancellationToken);
            return new Refusal.Denied($"the certificate opens no connection: {fault}", "get a new one for each connection");
        }

        // Each grant is recorded, a repeated one too: else a first answer that was lost would leave a connection that no entry explains.
        await _journal.AppendAsync(
            caller, new JournalEvent.CertificateSpent(host.Resource, login, host.Id, certificate.Content.Serial, session), CancellationToken.None);
        return JournalPosition.TryFromSerial(certificate.Content.Serial, out JournalPosition position)
            ? position
            : throw new InvalidOperationException("an entry was found at no position");
    }

    private async Task<string?> FaultOfAsync(EnrolledHost host, SshCertificate certificate, Login login, CancellationToken cancellationToken)
    {
        CertificateContent content = certificate.Content;
        DateTimeOffset now = _clock.GetUtcNow();
        if (now >= content.ValidBefore || now < content.ValidAfter) return "it is not valid now";
        if (content.Extensions.All(option => option.Name != LimitedPrincipal.SingleUseOption)) return "it is not for single use";
        if (!JournalPosition.TryFromSerial(content.Serial, out JournalPosition position)
            || (await _reader.FindAsync(position, cancellationToken)) is not { Event: JournalEvent.CertificateIssued issued } entry
            || issued.SubjectKey != content.SubjectKey.Fingerprint.ToString())
            return "the journal knows no such certificate";
        if (await _restores.FindAsync(cancellationToken) is { } restore && position.Segment < restore.FirstSegment)
            return "it was issued before the broker was restored from a backup, and may have been used";
        if (issued.Resource != host.Resource || issued.Login != login) return $"it is for {issued.Login} on {issued.Resource}";
        return await IsRevokedAsync(content, entry, cancellationToken) ? "it is revoked" : null;
    }

    private async Task<bool> IsRevokedAsync(CertificateContent content, JournalEntry entry, CancellationToken cancellationToken) =>
        await _revocations.FindSerialAsync(content.Serial, cancellationToken) is not null
        || await _revocations.FindKeyAsync(content.SubjectKey.Fingerprint, cancellationToken) is not null
        || await _revocations.FindSubjectAsync(entry.Caller.Subject, cancellationToken) is not null;

    private static bool IsOurs(SshCertificate certificate, TrustedKeys trusted) =>
        certificate.Content.Type == CertificateType.User && trusted.Trusts(KeyPurpose.UserCa, certificate.CaKey) && certificate.VerifySignature();

    /// <summary>Claims the certificate for a connection; true also when that connection has it already.</summary>
    private async Task<bool> ClaimAsync(SshCertificate certificate, HostId host, string session, CancellationToken cancellationToken)
    {
        var key = new DocumentKey(Partition, $"{ExpiringRows.Stamp(certificate.Content.ValidBefore)}:{certificate.Content.Serial:D20}");
        var claim = new SpentCertificate(host, session);
        await _store.ForgetAsync(Partition, "", _clock.GetUtcNow() - Afterlife, PruneSize, cancellationToken);
        return await _store.TryPutAsync(key, Json.Encode(claim, CoreJson.Default.SpentCertificate), null, cancellationToken)
            || (await _store.ReadAsync(key, CoreJson.Default.SpentCertificate, cancellationToken))?.Value == claim;
    }
}
