namespace SshFunctions.Api;

/// <summary>Body of RevokeAccess: exactly one target, and the reason.</summary>
/// <param name="Reason">Why; kept in the journal.</param>
/// <param name="Serial">One certificate by its serial.</param>
/// <param name="Certificate">One certificate by its text; must be signed by this broker.</param>
/// <param name="Key">A public key by its text or its <c>SHA256:</c> fingerprint: every certificate on it.</param>
/// <param name="Subject">Everything this subject holds, and every further mint until the revocation is lifted.</param>
/// <param name="Grant">Everything minted under this grant; the grant is removed.</param>
/// <param name="Host">An enrolled host by its identifier: its token, its host certificates and its reverse tunnel; it is enrolled no more.</param>
/// <param name="Ca">A CA key by its fingerprint: every certificate it ever signed. Never one that this broker signs with now.</param>
public sealed record RevokeAccessRequest(
    string Reason,
    ulong? Serial = null,
    string? Certificate = null,
    string? Key = null,
    string? Subject = null,
    string? Grant = null,
    string? Host = null,
    string? Ca = null);
