using System.Text.Json.Serialization;
using SshFunctions.Hooks.Host.Sessions;

namespace SshFunctions.Hooks.Host;

/// <summary>The JSON of a host's own files, read strictly: nobody but sshfn writes them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(HostSettings))]
[JsonSerializable(typeof(AgentState))]
[JsonSerializable(typeof(LiveSession))]
[JsonSerializable(typeof(RedeemedPasscode))]
[JsonSerializable(typeof(SpoolEntry))]
[JsonSerializable(typeof(HostStatus))]
internal sealed partial class HostJson : JsonSerializerContext;
