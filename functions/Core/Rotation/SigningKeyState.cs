using System.Text.Json.Serialization;

namespace SshFunctions.Core.Rotation;

/// <summary>Where a signing key is in its life. Source: design.md, section 10.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SigningKeyState>))]
public enum SigningKeyState
{
    /// <summary>Made and kept, trusted by nobody yet.</summary>
    [JsonStringEnumMemberName("staged")]
    Staged,

    /// <summary>Trusted by whoever has fetched the bundle since; signs nothing yet.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>Signs; one for each purpose.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>Trusted still, for what it has signed; signs no more.</summary>
    [JsonStringEnumMemberName("retiring")]
    Retiring,

    /// <summary>Trusted no more.</summary>
    [JsonStringEnumMemberName("retired")]
    Retired,
}
