namespace SshFunctions.Api;

/// <summary>Answer of GetTrustBundle: the keys that hosts and clients must trust now.</summary>
/// <param name="Version">Grows with every change of the bundle.</param>
/// <param name="UserCaKeys">Keys that sign user certificates; hosts trust them.</param>
/// <param name="HostCaKeys">Keys that sign host certificates; clients trust them.</param>
/// <param name="JournalKeys">Keys that sign the KRL and the journal's checkpoints.</param>
public sealed record TrustBundleResponse(
    long Version,
    IReadOnlyList<CaKey> UserCaKeys,
    IReadOnlyList<CaKey> HostCaKeys,
    IReadOnlyList<CaKey> JournalKeys);
