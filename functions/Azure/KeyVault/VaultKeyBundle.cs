namespace SshFunctions.Azure.KeyVault;

/// <summary>A key as the vault gives it: its public half.</summary>
internal sealed record VaultKeyBundle(VaultKeyBundle.Jwk? Key, VaultAttributes? Attributes)
{
    /// <remarks>Source: RFC 7517, RFC 7518 section 6; the -HSM types are Key Vault's.</remarks>
    internal sealed record Jwk(
        string? Kid,
        string? Kty,
        string? Crv = null,
        string? X = null,
        string? Y = null,
        string? N = null,
        string? E = null,
        [property: System.Text.Json.Serialization.JsonPropertyName("key_ops")] IReadOnlyList<string>? KeyOps = null);
}
