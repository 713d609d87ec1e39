namespace SshFunctions.Azure.KeyVault;

/// <summary>Some of the versions of a key or secret.</summary>
internal sealed record VaultVersionPage(IReadOnlyList<VaultVersionPage.Item>? Value, string? NextLink)
{
    /// <param name="Kid">The id of a key's version.</param>
    /// <param name="Id">The id of a secret's.</param>
    /// <param name="Attributes">When it may be used.</param>
    internal sealed record Item(string? Kid, string? Id, VaultAttributes? Attributes);
}
