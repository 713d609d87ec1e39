namespace SshFunctions.Core.Revocations;

/// <summary>Version of the revocation list; every commit that changes a revocation replaces it, so the two never disagree.</summary>
/// <param name="Version">Grows with every change.</param>
/// <param name="Changed">When it last grew.</param>
/// <param name="Hosts">The version at which a revocation of a host last came, changed or went; 0 before the first, null where a broker wrote that did not count them.</param>
internal sealed record RevocationState(long Version, DateTimeOffset Changed, long? Hosts = null)
{
    /// <summary>The version at which that may have been.</summary>
    internal long HostsVersion => Hosts ?? Version;
}
