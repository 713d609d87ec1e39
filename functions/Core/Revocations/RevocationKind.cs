using System.Text.Json.Serialization;

namespace SshFunctions.Core.Revocations;

/// <summary>What a revocation names.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RevocationKind>))]
public enum RevocationKind
{
    /// <summary>One certificate, by its serial.</summary>
    [JsonStringEnumMemberName("serial")]
    Serial,

    /// <summary>A public key, by its fingerprint: itself and every certificate on it.</summary>
    [JsonStringEnumMemberName("key")]
    Key,

    /// <summary>A subject: every certificate with it as key id, and every further mint.</summary>
    [JsonStringEnumMemberName("subject")]
    Subject,
}
