using System.Text.Json.Serialization;

namespace SshFunctions.Local.Queue;

/// <summary>The stored form of messages.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QueuedMessage))]
[JsonSerializable(typeof(HeldLease))]
internal sealed partial class QueueJson : JsonSerializerContext;
