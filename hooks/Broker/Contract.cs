using System.Text.Json;
using System.Text.Json.Serialization;
using SshFunctions.Api;

namespace SshFunctions.Hooks.Broker;

/// <summary>The API's JSON as a client reads it.</summary>
internal static class Contract
{
    /// <summary>As <see cref="ApiJson.Default"/>, but a member that is null may be absent, and is in requests.</summary>
    /// <remarks>A client outlives brokers: it must not fail on one that leaves out what another writes as null.</remarks>
    internal static ApiJson Json { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    });
}
