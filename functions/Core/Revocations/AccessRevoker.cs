using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Revocations;

/// <summary>Turns what people name (a serial, a key, a subject, a grant) into revocations.</summary>
public sealed partial class AccessRevoker
{
    // A session that a passcode opened has no end of its own; after a day nobody looks for its serial any more.
    private static readonly TimeSpan PasscodeSessionLife = TimeSpan.FromHours(24);
    private readonly RevocationRegistry _revocations;
    private readonly GrantRegistry _grants;
    private readonly PasscodeRegistry _passcodes;
    private readonly JournalReader _reader;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _longestLife;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="revocations">Where revocations are kept.</param>
    /// <param name="grants">Where a revoked grant is removed.</param>
    /// <param name="passcodes">Where passcodes end that opened nothing yet.</param>
    /// <param name="reader">Where the certificates and passcodes of a grant are found.</param>
    /// <param name="longestLife">Longest life of any certificate: older entries need no look.</param>
    /// <param name="clock">Times.</param>
    public AccessRevoker(
        RevocationRegistry revocations,
        GrantRegistry grants,
        PasscodeRegistry passcodes,
        JournalReader reader,
        TimeSpan longestLife,
        TimeProvider clock)
    {
        _revocations = revocations;
        _grants = grants;
        _passcodes = passcodes;
        _reader = reader;
        _longestLife = longestLife;
        _clock = clock;
    }

    /// <summary>Revokes one certificate or passcode.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="serial">Its serial.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is in force; <see cref="Refusal.NotFound"/> when the journal knows neither of that serial.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<Result<RevokedAccess>> RevokeSerialAsync(
        Caller caller, ulong serial, string reason, CancellationToken cancellationToken)
    {
        JournalEntry? entry = JournalPosition.TryFromSerial(serial, out JournalPosition position)
            ? await _reader.FindAsync(position, cancellationToken)
            : null;
        return entry is not null && EndOf(entry) is { } end
            ? await RevokeAsync(caller, [Of(caller, serial, end, reason)], reason, cancellationToken)
            : new Refusal.NotFound($"no certificate or passcode has serial {serial}", "the serial is in sshd's log and in: sshfn audit list");
    }

    /// <summary>Revokes a public key: itself, and every certificate on it, for ever.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="key">Its fingerprint.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is in force.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public Task<Result<RevokedAccess>> RevokeKeyAsync(
        Caller caller, Fingerprint key, string reason, CancellationToken cancellationToken) =>
        RevokeAsync(caller, [Of(caller, RevocationKind.Key, key.ToString(), reason, null)], reason, cancellationToken);

    /// <summary>Revokes a CA key: itself, and every certificate that it ever signed.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="ca">Its fingerprint; never that of a key that this broker signs with.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is in force.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public Task<Result<RevokedAccess>> RevokeCaAsync(
        Caller caller, Fingerprint ca, string reason, CancellationToken cancellationToken) =>
        RevokeAsync(caller, [Of(caller, RevocationKind.Ca, ca.ToString(), reason, null)], reason, cancellationToken);

    /// <summary>Revokes a subject: everything it holds, and every mint until the revocation is lifted.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="subject">Whom.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is in force.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<Result<RevokedAccess>> RevokeSubjectAsync(
        Caller caller, Subject subject, string reason, CancellationToken cancellationToken)
    {
        Result<RevokedAccess> result =
            await RevokeAsync(caller, [Of(caller, RevocationKind.Subject, subject.Text, reason, null)], reason, cancellationToken);
        // Afterwards, when no further one can be minted: the revocation may be lifted while one of them would still count.
        if (result.Succeeded) await _passcodes.RevokeAsync(subject, cancellationToken);
        return result;
    }

    private async Task<Result<RevokedAccess>> RevokeAsync(
        Caller caller, IReadOnlyList<Revocation> revocations, string reason, CancellationToken cancellationToken)
    {
        Result<PublishedVersion> result = await _revocations.RevokeAsync(caller, revocations, reason, cancellationToken);
        return result.Try(out PublishedVersion? version, out Refusal? refusal)
            ? new RevokedAccess(version.Number, revocations)
            : refusal;
    }

    /// <summary>When what an entry recorded needs no revocation any more; null when the entry recorded no credential.</summary>
    private static DateTimeOffset? EndOf(JournalEntry entry) => entry.Event switch
    {
        JournalEvent.CertificateIssued issued => issued.ValidBefore,
        JournalEvent.PasscodeIssued => entry.Time + PasscodeSessionLife,
        _ => null,
    };

    private Revocation Of(Caller caller, ulong serial, DateTimeOffset end, string reason) =>
        Of(caller, RevocationKind.Serial, serial.ToString(System.Globalization.CultureInfo.InvariantCulture), reason, end);

    private Revocation Of(Caller caller, RevocationKind kind, string target, string reason, DateTimeOffset? expires) =>
        new(kind, target, reason, caller.Subject, _clock.GetUtcNow(), expires);
}
