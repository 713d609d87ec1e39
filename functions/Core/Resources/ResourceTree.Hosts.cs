using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Resources;

public sealed partial class ResourceTree
{
    /// <summary>Every commit that claims an address rewrites it: two claims that overlap in different rows then can't pass each other.</summary>
    private const string ClaimGuardRow = "g";

    private const string PatternLabel = "*";

    /// <summary>The one resource that is reached at an address.</summary>
    /// <param name="address">Where a client goes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The resource; null when no resource claims the address, nor a domain above it.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Resource?> ResolveAsync(HostAddress address, CancellationToken cancellationToken)
    {
        if (await FindClaimAsync(RowOf(new ResourceHost(address)), cancellationToken) is { } exact)
            return await FindResourceAsync(exact.Path, cancellationToken);
        foreach (ResourceHost above in PatternsOver(address))
        {
            if (await FindClaimAsync(RowOf(above), cancellationToken) is { } claim)
                return await FindResourceAsync(claim.Path, cancellationToken);
        }

        return null;
    }

    /// <summary>The changes that give a resource new addresses; a conflict when one would lead to two resources.</summary>
    private async Task<Result<List<DocumentChange>>> ClaimAsync(
        ResourcePath path, ResourceHost[] hosts, CancellationToken cancellationToken)
    {
        var changes = new List<DocumentChange>();
        if (hosts.Length == 0) return changes;
        StoredDocument? guard = await _store.GetAsync(new DocumentKey(Partition, ClaimGuardRow), cancellationToken);
        byte[] body = Json.Encode(new HostClaim(path), CoreJson.Default.HostClaim);
        changes.Add(guard is null ? new DocumentChange.Insert(ClaimGuardRow, body) : new DocumentChange.Replace(ClaimGuardRow, body, guard.Version));
        foreach (ResourceHost host in hosts)
        {
            if (await FindOverlapAsync(path, host, cancellationToken) is { } other) return Claimed(host, other);
            changes.Add(new DocumentChange.Insert(RowOf(host), body));
        }

        return changes;
    }

    private async Task<ResourcePath?> FindOverlapAsync(ResourcePath path, ResourceHost host, CancellationToken cancellationToken)
    {
        if (await FindClaimAsync(RowOf(host), cancellationToken) is { } same) return same.Path;
        foreach (ResourceHost above in PatternsOver(host.Address))
        {
            if (await FindClaimAsync(RowOf(above), cancellationToken) is { } claim && claim.Path != path) return claim.Path;
        }

        return host.IsPattern ? await FindBelowAsync(path, host, cancellationToken) : null;
    }

    /// <summary>Rows hold the labels from the right, so that everything below a domain is one range.</summary>
    private async Task<ResourcePath?> FindBelowAsync(ResourcePath path, ResourceHost pattern, CancellationToken cancellationToken)
    {
        RowRange range = RowRange.StartingWith($"h:{Reversed(pattern.Address.Name)}.");
        string port = PortOf(pattern.Address);
        while (true)
        {
            DocumentPage page = await _store.ListAsync(Partition, range, cancellationToken);
            foreach (StoredDocument document in page.Documents.Where(row => row.Key.Row.EndsWith(port, StringComparison.Ordinal)))
            {
                HostClaim claim = Json.Decode(document.Body, CoreJson.Default.HostClaim);
                if (claim.Path != path) return claim.Path;
            }

            if (page.Next is null) return null;
            range = range.Continue(page.Next);
        }
    }

    private async Task<List<DocumentChange>> ReleaseAsync(IEnumerable<ResourceHost> hosts, CancellationToken cancellationToken)
    {
        var changes = new List<DocumentChange>();
        foreach (string row in hosts.Select(RowOf).Distinct())
        {
            StoredDocument? claim = await _store.GetAsync(new DocumentKey(Partition, row), cancellationToken);
            if (claim is not null) changes.Add(new DocumentChange.Delete(row, claim.Version));
        }

        return changes;
    }

    private async Task<HostClaim?> FindClaimAsync(string row, CancellationToken cancellationToken) =>
        (await _store.ReadAsync(new DocumentKey(Partition, row), CoreJson.Default.HostClaim, cancellationToken))?.Value;

    /// <summary>The patterns that would take an address in: of its parent domain, and of each above that may have one.</summary>
    private static IEnumerable<ResourceHost> PatternsOver(HostAddress address)
    {
        if (address.IsNumeric) yield break;
        for (int dot = address.Name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = address.Name.IndexOf('.', dot + 1))
        {
            if (ResourceHost.TryCreate("*" + address.Name[dot..], address.Port, null, out ResourceHost pattern)) yield return pattern;
        }
    }

    private static string RowOf(ResourceHost host)
    {
        string name = host.Address.IsNumeric
            ? $"i:{DocumentKey.Segment(host.Address.Name)}"
            : $"h:{Reversed(host.Address.Name)}{(host.IsPattern ? "." + PatternLabel : "")}";
        return name + PortOf(host.Address);
    }

    private static string PortOf(HostAddress address) => $":{address.Port:D5}";

    // A host name's alphabet needs no escape in a row.
    private static string Reversed(string name) => string.Join('.', name.Split('.').Reverse());

    private static Refusal.Conflict Claimed(ResourceHost host, ResourcePath holder) => new(
        $"{host} would lead to {holder} too, and an address leads to exactly one resource",
        $"remove it from {holder} first, or leave it out",
        "hosts");
}
