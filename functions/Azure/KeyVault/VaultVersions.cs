using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.KeyVault;

/// <summary>Decides which version of a key or secret is meant.</summary>
internal static class VaultVersions
{
    // Key Vault lists 25 on a page; nobody has rotated a key more often than this.
    private const int MaximumPages = 40;

    /// <summary>The address itself where it names a version; else that of the newest version that may be used now.</summary>
    /// <exception cref="SignerUnavailableException">There is none.</exception>
    public static async ValueTask<VaultKeyAddress> PinAsync(
        VaultClient client, VaultKeyAddress address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (address.Version is not null) return address;
        (VaultKeyAddress Id, long Created)? newest = null;
        string? link = $"{address.Collection}/{address.Name}/versions";
        for (int page = 0; link is not null && page < MaximumPages; page++)
        {
            VaultVersionPage found = await client.GetAsync(link, VaultJson.Default.VaultVersionPage, cancellationToken);
            foreach (VaultVersionPage.Item item in found.Value ?? [])
            {
                if (item?.Attributes is not { } attributes || attributes.FaultAt(now) is not null || ReadId(item.Kid ?? item.Id, address) is not { } id)
                    continue;
                if (newest is null || attributes.Created > newest.Value.Created) newest = (id, attributes.Created ?? 0);
            }

            link = string.IsNullOrEmpty(found.NextLink) ? null : found.NextLink;
        }

        return newest is { } chosen
            ? address with { Version = chosen.Id.Version }
            : throw new SignerUnavailableException($"{address} has no version that is enabled and in its time");
    }

    /// <summary>Checks that what was given is the version that was asked for, and may be used now.</summary>
    /// <exception cref="SignerUnavailableException">It is not, or may not.</exception>
    public static void Check(VaultKeyAddress pinned, string? id, VaultAttributes? attributes, DateTimeOffset now)
    {
        if (ReadId(id, pinned) is null) throw new SignerUnavailableException($"the vault gave another thing than {pinned}");
        if (attributes?.FaultAt(now) is { } fault) throw new SignerUnavailableException($"{pinned} {fault}");
    }

    /// <summary>An id that a vault gave; null when it is none of a version of this key or secret.</summary>
    public static VaultKeyAddress? ReadId(string? id, VaultKeyAddress address) =>
        id is not null && VaultKeyAddress.Parse(id).Try(out VaultKeyAddress? read, out _) && address.Covers(read) ? read : null;
}
