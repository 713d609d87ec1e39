using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Revocations;

public sealed partial class RevocationRegistry
{
    /// <summary>Gives the list a version that no host has seen, so that those which hold a newer one than a backup's take it; clients read anew which hosts are revoked. Only where no broker is alive.</summary>
    internal static async Task<long> RaiseVersionAsync(
        IStore store, TimeProvider clock, Func<long, long> after, CancellationToken cancellationToken)
    {
        while (true)
        {
            Stored<RevocationState>? state = await store.ReadAsync(StateKey, CoreJson.Default.RevocationState, cancellationToken);
            long version = after(state?.Value.Version ?? 0);
            byte[] body = Json.Encode(new RevocationState(version, clock.GetUtcNow(), version), CoreJson.Default.RevocationState);
            if (await store.TryPutAsync(StateKey, body, state?.Version, cancellationToken)) return version;
        }
    }
}
