namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Exit codes of <c>host refresh</c> and <c>host status</c>: the first of these that is stale.</summary>
/// <remarks><see cref="ExitCode.Unavailable"/> when the broker is away.</remarks>
internal static class StaleCode
{
    internal const int RevocationList = 10;
    internal const int TrustBundle = 11;
    internal const int AuthorizedKeys = 12;
    internal const int HostCertificates = 13;
    internal const int Token = 14;
    internal const int Spool = 15;
}
