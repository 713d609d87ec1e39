using System.Text.Json;
using System.Text.Json.Serialization;
using SshFunctions.Api;

namespace SshFunctions.Hooks.Broker;

/// <summary>The API's JSON as a client reads it.</summary>
internal static class Contract
{
    /// <summary>As <see cref="ApiJson.Default"/>, but a member that is absent because it is null may be absent.</summary>
    /// <remarks>
    /// The broker leaves null members out, and every parameter of a response record counts as required: read by the default
    /// options, a caller without an expiry would be no caller.
    /// </remarks>
    internal static ApiJson Json { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    });
}
