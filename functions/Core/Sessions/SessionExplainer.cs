using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Sessions;

/// <summary>Looks for what this broker issued that explains a login.</summary>
public sealed partial class SessionExplainer
{
    private readonly ISigningKeys _signingKeys;
    private readonly JournalReader _reader;
    private readonly RevocationRegistry _revocations;
    private readonly KeyAccess _keys;
    private readonly HostEvents _events;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="signingKeys">Says which user CA keys sign or have signed.</param>
    /// <param name="reader">Where what was issued is found.</param>
    /// <param name="revocations">Says what is revoked.</param>
    /// <param name="keys">Says which registered keys may enter.</param>
    /// <param name="store">Remembers which session a passcode opened.</param>
    /// <param name="clock">Times.</param>
    public SessionExplainer(
        ISigningKeys signingKeys, JournalReader reader, RevocationRegistry revocations, KeyAccess keys, IStore store, TimeProvider clock)
    {
        _signingKeys = signingKeys;
        _reader = reader;
        _revocations = revocations;
        _keys = keys;
        _events = new HostEvents(store, clock);
    }

    /// <summary>
    /// How far the times of a login and of what it is compared with may be apart: sshd looks at certificate and KRL up to 120 s before the
    /// session opens (LoginGraceTime of sshd_config(5), its default), and a host's clock may be off by as much as certificates are
    /// backdated for, 60 s.
    /// </summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromSeconds(120) + CertificateLimits.Backdate;

    /// <summary>Looks at one login.</summary>
    /// <param name="host">Where it was.</param>
    /// <param name="session">The login.</param>
    /// <param name="now">The broker's clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is known of its credential, and why it explains nothing.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<SessionFinding> ExplainAsync(EnrolledHost host, ToldSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(session);
        SessionFinding finding = session.Method switch
        {
            SessionMethod.Certificate => await ExplainCertificateAsync(host, session, cancellationToken),
            SessionMethod.Key => await ExplainKeyAsync(host, session, cancellationToken),
            SessionMethod.Passcode => await ExplainPasscodeAsync(host, session, cancellationToken),
            _ => new SessionFinding(null, null, null, "it was opened by something that no broker gives"),
        };
        return finding.Fault is null && session.Time > now + Tolerance
            ? finding with { Fault = "the host says that it will open in the future: its clock is wrong" }
            : finding;
    }

    /// <summary>The grant under which the broker minted what a host names.</summary>
    /// <param name="host">Where the session is.</param>
    /// <param name="session">The session.</param>
    /// <param name="serial">What the host names; null for nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the broker minted nothing of that serial for this login of this host: no host writes into another's story.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<string?> FindGrantAsync(EnrolledHost host, ToldSession session, ulong? serial, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(session);
        if (serial is not { } minted || !JournalPosition.TryFromSerial(minted, out JournalPosition position)) return null;
        return (await _reader.FindAsync(position, cancellationToken))?.Event switch
        {
            JournalEvent.CertificateIssued issued when issued.Resource == host.Resource && issued.Login.Text == session.Login => issued.Grant,
            JournalEvent.PasscodeIssued issued when issued.Resource == host.Resource && issued.Login.Text == session.Login => issued.Grant,
            _ => null,
        };
    }

    private async Task<SessionFinding> ExplainKeyAsync(EnrolledHost host, ToldSession session, CancellationToken cancellationToken)
    {
        if (!SshPublicKey.TryParse(session.Key, out SshPublicKey? key, out string? unreadable))
            return new SessionFinding(null, null, null, $"the host sent no key that can be read: {unreadable}");
        var finding = new SessionFinding(null, null, key.Fingerprint.ToString(), null);
        if (!Login.TryParse(session.Login, null, out Login login)) return finding with { Fault = "no registered key enters as such a login" };
        return finding with { Fault = (await _keys.FindAsync(host.Resource, login, key.Fingerprint, cancellationToken)).Refusal?.Detail };
    }

    private async Task<SessionFinding> ExplainCertificateAsync(EnrolledHost host, ToldSession session, CancellationToken cancellationToken)
    {
        if (!SshCertificate.TryParse(session.Certificate, out SshCertificate? certificate, out string? unreadable))
            return new SessionFinding(null, null, null, $"the host sent no certificate that can be read: {unreadable}");
        CertificateContent content = certificate.Content;
        var finding = new SessionFinding(content.Serial, content.KeyId, content.SubjectKey.Fingerprint.ToString(), null);
        TrustedKey? ca = (await _signingKeys.ReadAsync(cancellationToken)).Trusted.FindSigner(KeyPurpose.UserCa, certificate.CaKey);
        if (ca is null || !certificate.VerifySignature())
            return finding with { Fault = $"the certificate is signed by {certificate.CaKey.Fingerprint}, which is not this broker's user CA" };
        if (ca.CutOff is { } cutOff && cutOff + Tolerance <= session.Time)
            return finding with { Fault = $"the certificate is signed by {ca.Key.Fingerprint}, which was cut off at {cutOff.UtcDateTime:u}" };
        JournalEntry? entry = JournalPosition.TryFromSerial(content.Serial, out JournalPosition position)
            ? await _reader.FindAsync(position, cancellationToken)
            : null;
        string? fault = FaultOfEntry(host, session, content, entry?.Event) ?? FaultOfTimes(session, content);
        return finding with { Fault = fault ?? await FaultOfRevocationAsync(session, content, cancellationToken) };
    }

    private static string? FaultOfEntry(EnrolledHost host, ToldSession session, CertificateContent content, JournalEvent? recorded)
    {
        if (recorded is not JournalEvent.CertificateIssued issued) return $"no entry of the journal issued certificate {content.Serial}";
        // Our own signature over something that was never recorded: the CA key was used behind the journal's back.
        bool same = content.Type == CertificateType.User && content.KeyId == issued.KeyId && content.SubjectKey.Fingerprint.ToString() == issued.SubjectKey
            && content.ValidPrincipals.SequenceEqual(issued.Principals) && content.ValidAfter == issued.ValidAfter && content.ValidBefore == issued.ValidBefore;
        if (!same) return $"certificate {content.Serial} is another than the journal recorded under that serial";
        if (issued.Resource != host.Resource) return $"certificate {content.Serial} was issued for {issued.Resource}";
        return issued.Login.Text == session.Login ? null : $"certificate {content.Serial} was issued for login {issued.Login}";
    }

    private static string? FaultOfTimes(ToldSession session, CertificateContent content) =>
        session.Time < content.ValidAfter - Tolerance ? $"certificate {content.Serial} was not valid yet"
        : session.Time >= content.ValidBefore + Tolerance ? $"certificate {content.Serial} had expired at {content.ValidBefore.UtcDateTime:u}"
        : null;

    private async Task<string?> FaultOfRevocationAsync(ToldSession session, CertificateContent content, CancellationToken cancellationToken)
    {
        Revocation?[] revocations =
        [
            await _revocations.FindSerialAsync(content.Serial, cancellationToken),
            await _revocations.FindKeyAsync(content.SubjectKey.Fingerprint, cancellationToken),
            Callers.Subject.TryParse(content.KeyId, null, out Callers.Subject subject)
                ? await _revocations.FindSubjectAsync(subject, cancellationToken)
                : null,
        ];
        return FaultOf(session, revocations.FirstOrDefault(revocation => revocation?.Created + Tolerance <= session.Time));
    }

    private static string? FaultOf(ToldSession session, Revocation? revocation) => revocation is null
        ? null
        : $"{revocation.Id} had been revoked {(session.Time - revocation.Created).TotalMinutes:F0} minutes before: {revocation.Reason}";
}
