namespace SshFunctions.Api;

/// <summary>A signing key of the broker.</summary>
/// <param name="Fingerprint"><c>SHA256:…</c>.</param>
/// <param name="PublicKey">OpenSSH text form without comment.</param>
/// <param name="State"><c>staged</c>, <c>published</c>, <c>active</c>, <c>retiring</c> or <c>retired</c>.</param>
/// <param name="Staged">When it was made or first known, UTC.</param>
/// <param name="Published">When it entered the trust bundle, UTC; null before.</param>
/// <param name="Activated">When it last began to sign, UTC; null before.</param>
/// <param name="LastExpiry">Nothing that it signed counts after this, UTC; null while it signs, or never did.</param>
/// <param name="Retired">When it left the trust bundle, UTC; null before.</param>
/// <param name="CutOff">Whether it left while what it had signed still counted.</param>
/// <param name="Aborted">Why it was taken back; null where it was not.</param>
/// <param name="TrustedUntil">When it leaves the trust bundle at the earliest, UTC: a margin for clocks after <paramref name="LastExpiry"/>; null while it does not retire.</param>
public sealed record SigningKeyResponse(
    string Fingerprint,
    string PublicKey,
    string State,
    DateTimeOffset Staged,
    DateTimeOffset? Published,
    DateTimeOffset? Activated,
    DateTimeOffset? LastExpiry,
    DateTimeOffset? Retired,
    bool CutOff,
    string? Aborted,
    DateTimeOffset? TrustedUntil = null);
