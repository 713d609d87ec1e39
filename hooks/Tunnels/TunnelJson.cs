using System.Text.Json.Serialization;

namespace SshFunctions.Hooks.Tunnels;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Tunnel))]
internal sealed partial class TunnelJson : JsonSerializerContext;
