using System.Text.Json.Serialization;

namespace SshFunctions.Hooks.Broker;

/// <summary>The members of the credentials file.</summary>
internal sealed class StoredCredentials
{
    public required string Broker { get; init; }

    public required string Token { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public OpenIdSession? Session { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(StoredCredentials))]
internal sealed partial class StoredCredentialsJson : JsonSerializerContext;
