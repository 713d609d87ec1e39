using SshFunctions.Api;

namespace SshFunctions.Hooks.Host;

/// <summary>How long the list of registered keys counts while the broker is away.</summary>
internal static class OfflineKeys
{
    /// <summary>How far the broker's clock may be ahead of this machine's.</summary>
    internal static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    internal static DateTimeOffset Until(AuthorizedKeysDocument document, HostSettings settings) =>
        document.Issued + TimeSpan.FromSeconds(settings.OfflineKeysForSeconds);
}
