namespace SshFunctions.Core.Restoring;

/// <summary>From where on a restored broker counts.</summary>
/// <param name="LastSegment">The last segment that the backup held.</param>
/// <param name="FirstSegment">The first segment since.</param>
/// <param name="RevocationListVersion">Version of the revocation list.</param>
/// <param name="TrustVersion">Version of the trust bundle; 0 when the backup held no key.</param>
public sealed record RestoredStore(long LastSegment, long FirstSegment, long RevocationListVersion, long TrustVersion);
