using System.Text.Json.Serialization;

namespace SshFunctions.Azure.KeyVault;

/// <param name="Kty">EC or RSA, or their -HSM types.</param>
/// <param name="Crv">The curve of an EC key.</param>
/// <param name="KeySize">Bits of an RSA key.</param>
internal sealed record VaultCreateOrder(string Kty, string? Crv, [property: JsonPropertyName("key_size")] int? KeySize)
{
    /// <summary>What it is for.</summary>
    [JsonPropertyName("key_ops")]
    public IReadOnlyList<string> KeyOps { get; } = ["sign", "verify"];
}
