using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace SshFunctions.Azure.KeyVault;

/// <summary>A secret as the vault gives it. A class, not a record: it prints nothing. Wiped on dispose.</summary>
internal sealed class VaultSecretBundle : IDisposable
{
    public string? Id { get; init; }

    public VaultAttributes? Attributes { get; init; }

    /// <summary>The value, UTF-8.</summary>
    [JsonConverter(typeof(VaultSecretText))]
    public byte[]? Value { get; init; }

    public void Dispose() => CryptographicOperations.ZeroMemory(Value);
}
