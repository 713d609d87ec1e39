using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Tests.Restoring;

/// <summary>Counts segments.</summary>
internal static class SegmentCounting
{
    public static async Task<long> SegmentCountAsync(this IStore store) =>
        await new SegmentRegistry(store, TimeProvider.System).ListAsync(default).CountAsync();
}
