using System.Collections.Immutable;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Revocations;

public sealed partial class RevocationRegistry
{
    /// <summary>Revokes the keys that the revocation of a host spared, but those that are shared still; false when that changes nothing.</summary>
    /// <remarks>With the version of the hosts, as every change of such a revocation. No entry of its own: that of the revocation names the host.</remarks>
    internal async Task<bool> RevokeSparedAsync(string id, IReadOnlySet<string> shared, CancellationToken cancellationToken)
    {
        var key = new DocumentKey(Partition, RowOf(id));
        while (true)
        {
            // Lifted meanwhile, or done by another broker.
            if (await _store.ReadAsync(key, CoreJson.Default.Revocation, cancellationToken) is not { Value.Host: { Spared: { } spared } host } stored) return false;
            string[] due = [.. spared.Where(each => !shared.Contains(each))];
            if (due.Length == 0) return false;
            ImmutableArray<string> left = spared.RemoveRange(due);
            Revocation changed = stored.Value with { Host = host with { Keys = [.. host.Keys, .. due], Spared = left.IsEmpty ? null : left } };
            var change = new DocumentChange.Replace(key.Row, Json.Encode(changed, CoreJson.Default.Revocation), stored.Version);
            if (await TryCommitAsync([change], cancellationToken) is not { } version) continue;
            await AnnounceAsync(new PublishedVersion(version), cancellationToken);
            return true;
        }
    }
}
