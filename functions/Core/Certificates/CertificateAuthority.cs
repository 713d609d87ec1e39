using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Certificates;

/// <summary>Mints user certificates: policy → draft → lint → sign → journal → release, in that order and no other.</summary>
public sealed class CertificateAuthority
{
    private static readonly Refusal.Denied TooShort = new("what is left of the grant or the token is too short for a certificate", "renew it");
    private readonly ISigningKeys _keys;
    private readonly AccessEvaluator _access;
    private readonly RevocationRegistry _revocations;
    private readonly JournalWriter _journal;
    private readonly CertificateLimits _limits;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="keys">Says which user CA key signs.</param>
    /// <param name="access">Says who may enter.</param>
    /// <param name="revocations">Says which keys are revoked.</param>
    /// <param name="journal">Records every mint and refusal.</param>
    /// <param name="limits">Bounds of every certificate.</param>
    /// <param name="clock">Times of validity.</param>
    public CertificateAuthority(
        ISigningKeys keys,
        AccessEvaluator access,
        RevocationRegistry revocations,
        JournalWriter journal,
        CertificateLimits limits,
        TimeProvider clock)
    {
        _keys = keys;
        _access = access;
        _revocations = revocations;
        _journal = journal;
        _limits = limits;
        _clock = clock;
    }

    /// <summary>Mints a user certificate.</summary>
    /// <param name="caller">Who wants it.</param>
    /// <param name="order">What it shall be.</param>
    /// <param name="cancellationToken">Ends the wait, but not a mint that has its serial.</param>
    /// <returns>The certificate, once its entry is durable; or the refusal, recorded when the policy spoke.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; no certificate was released.</exception>
    /// <exception cref="SignerUnavailableException">The CA key is away; no certificate was released.</exception>
    public async Task<Result<IssuedCertificate>> IssueAsync(Caller caller, UserCertificateOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(order);
        if (order.Lifetime < CertificateLimits.MinimumLifetime)
        {
            return new Refusal.Invalid(
                "lifetimeSeconds", "the wished life is too short", $"ask for at least {CertificateLimits.MinimumLifetime.TotalSeconds} s");
        }

        _keys.Anticipate();
        if (await _revocations.FindKeyAsync(order.SubjectKey.Fingerprint, cancellationToken) is { } revoked)
            return await RefuseAsync(caller, order, KeyRevoked(revoked), cancellationToken);
        DateTimeOffset now = _clock.GetUtcNow();
        AccessDecision decision = await _access.DecideAsync(caller, order.Resource, order.Login, now, cancellationToken);
        if (decision is AccessDecision.Refused refused)
            return await RefuseAsync(caller, order, new Refusal.Denied(refused.Deciding.Detail, refused.Deciding.Fix), cancellationToken);
        var allowed = (AccessDecision.Allowed)decision;
        if (LongestLife(caller, allowed.Limits, now) < CertificateLimits.MinimumLifetime)
            return await RefuseAsync(caller, order, TooShort, cancellationToken);
        return await MintAsync(caller, order, allowed, cancellationToken);
    }

    /// <summary>Longest life, counted from now: the least of what broker, resource, grant and the caller's own proof allow.</summary>
    private TimeSpan LongestLife(Caller caller, AccessLimits limits, DateTimeOffset now)
    {
        TimeSpan longest = _limits.MaximumLifetime;
        if (limits.SingleUse && CertificateLimits.MaximumSingleUseLifetime < longest) longest = CertificateLimits.MaximumSingleUseLifetime;
        if (limits.MaximumLifetime < longest) longest = limits.MaximumLifetime.Value;
        if (limits.NotAfter is { } grantEnd && grantEnd - now < longest) longest = grantEnd - now;
        if (caller.Expires is { } proofEnd && proofEnd - now < longest) longest = proofEnd - now;
        return longest;
    }

    private async Task<Result<IssuedCertificate>> MintAsync(
        Caller caller, UserCertificateOrder order, AccessDecision.Allowed allowed, CancellationToken cancellationToken)
    {
        using JournalReservation reservation = await _journal.ReserveAsync(caller, cancellationToken);
        if (!await _access.StillHoldsAsync(allowed.Grant, cancellationToken))
        {
            reservation.Void("the grant was removed or changed meanwhile");
            return Removed(allowed.Grant);
        }

        // Counted from the reservation, which may have had to wait, so that neither the grant nor the token is outlived.
        TimeSpan longest = LongestLife(caller, allowed.Limits, reservation.Time);
        if (longest < CertificateLimits.MinimumLifetime)
        {
            reservation.Void(TooShort.Detail);
            return TooShort;
        }

        UserCa ca = (await _keys.ReadAsync(cancellationToken)).UserCa;
        CertificateContent content = ContentOf(caller, order, allowed.Limits, reservation, longest);
        var draft = new CertificateDraft(content, reservation.Time, longest);
        PreparedCertificate? prepared = ca.Prepare(draft, out string? fault);
        if (prepared is null)
        {
            reservation.Void($"the linter refused: {fault}");
            return new Refusal.Invalid(null, $"the certificate would be faulty: {fault}", "change the resource, the grant or the key");
        }

        // From here on the client may go away; the entry must say what was signed all the same.
        SshCertificate certificate = await ca.SignAsync(prepared);
        JournalEntry entry = await reservation.CompleteAsync(new JournalEvent.CertificateIssued(
            order.Resource.Path,
            order.Login,
            allowed.Grant.Id.Text,
            content.KeyId,
            content.ValidPrincipals,
            order.SubjectKey.Fingerprint.ToString(),
            ca.PublicKey.Fingerprint.ToString(),
            content.ValidAfter,
            content.ValidBefore));
        // Asked once more now that the entry is durable: whoever took the grant away before did not find it in the journal, whoever
        // does so from here on does. Servers that read no KRL depend on it for key and subject too.
        if (await FindWithdrawnAsync(caller, order, allowed) is not { } withdrawn)
            return new IssuedCertificate(certificate, order.Resource.Path, order.Login, allowed.Grant.Id);
        var dropped = new JournalEvent.ActionFailed(entry.Position.Serial, $"{withdrawn.Detail}; the certificate was not released");
        await _journal.AppendAsync(caller, dropped, CancellationToken.None);
        return withdrawn;
    }

    /// <summary>What was taken away while the certificate was made.</summary>
    private async Task<Refusal.Denied?> FindWithdrawnAsync(Caller caller, UserCertificateOrder order, AccessDecision.Allowed allowed)
    {
        if (!await _access.StillHoldsAsync(allowed.Grant, CancellationToken.None)) return Removed(allowed.Grant);
        if (await _revocations.FindKeyAsync(order.SubjectKey.Fingerprint, CancellationToken.None) is { } key)
            return KeyRevoked(key);
        return await _revocations.FindSubjectAsync(caller.Subject, CancellationToken.None) is { } subject
            ? new Refusal.Denied($"{caller.Subject} is revoked: {subject.Reason}", "ask a manager to lift it")
            : null;
    }

    private static Refusal.Denied KeyRevoked(Revocation revocation) => new($"the key is revoked: {revocation.Reason}", "use a new key pair");

    private static Refusal.Denied Removed(Grant grant) =>
        new($"grant {grant.Id} was removed or changed a moment ago", "try again, or ask a manager for a new one");

    private static CertificateContent ContentOf(
        Caller caller, UserCertificateOrder order, AccessLimits limits, JournalReservation reservation, TimeSpan longest)
    {
        TimeSpan life = order.Lifetime < longest ? order.Lifetime.Value : longest;
        return new CertificateContent
        {
            SubjectKey = order.SubjectKey,
            Serial = reservation.Position.Serial,
            Type = CertificateType.User,
            KeyId = CertificateProfile.KeyIdOf(order.Resource, caller.Subject, limits),
            ValidPrincipals = CertificateProfile.PrincipalsOf(order.Resource, order.Login, limits),
            ValidAfter = CertificateLimits.WholeSeconds(reservation.Time - CertificateLimits.Backdate),
            ValidBefore = CertificateLimits.WholeSeconds(reservation.Time + life),
            CriticalOptions = CertificateProfile.CriticalOptionsOf(limits),
            Extensions = CertificateProfile.ExtensionsOf(order.Resource, limits),
        };
    }

    private async Task<Result<IssuedCertificate>> RefuseAsync(
        Caller caller, UserCertificateOrder order, Refusal.Denied refusal, CancellationToken cancellationToken)
    {
        await _journal.AppendAsync(
            caller,
            new JournalEvent.CertificateRefused(order.Resource.Path, order.Login, order.SubjectKey.Fingerprint.ToString(), refusal.Detail),
            cancellationToken);
        return refusal;
    }
}
