using System.Text.Json;
using System.Text.Json.Serialization;

namespace SshFunctions.Azure.KeyVault;

/// <summary>The source-generated forms of what a vault says and is told.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VaultKeyBundle))]
[JsonSerializable(typeof(VaultSecretBundle))]
[JsonSerializable(typeof(VaultVersionPage))]
[JsonSerializable(typeof(VaultSignOrder))]
[JsonSerializable(typeof(VaultSignature))]
[JsonSerializable(typeof(VaultErrorAnswer))]
[JsonSerializable(typeof(VaultCreateOrder))]
[JsonSerializable(typeof(VaultDeletion))]
internal sealed partial class VaultJson : JsonSerializerContext;
