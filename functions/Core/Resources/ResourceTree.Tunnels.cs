using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Resources;

public sealed partial class ResourceTree
{
    /// <summary>The changes that let one tunnel's port go and take another; a conflict when it leads to another resource.</summary>
    private async Task<Result<List<DocumentChange>>> MoveTunnelAsync(
        ResourcePath path, ReverseTunnel? held, ReverseTunnel? wanted, CancellationToken cancellationToken)
    {
        var changes = new List<DocumentChange>();
        string? before = held is null ? null : RowOf(held);
        string? after = wanted is null ? null : RowOf(wanted);
        if (before == after) return changes;
        if (before is not null && await _store.GetAsync(new DocumentKey(Partition, before), cancellationToken) is { } claim)
            changes.Add(new DocumentChange.Delete(before, claim.Version));
        if (after is null) return changes;
        if (await FindClaimAsync(after, cancellationToken) is { } other)
        {
            return new Refusal.Conflict(
                $"port {wanted!.Port} of {wanted.Bastion} leads to {other.Path}", "choose another port", "tunnel.port");
        }

        changes.Add(new DocumentChange.Insert(after, Json.Encode(new HostClaim(path), CoreJson.Default.HostClaim)));
        return changes;
    }

    private static string RowOf(ReverseTunnel tunnel) => $"t:{Joined(tunnel.Bastion)}:{tunnel.Port:D5}";
}
