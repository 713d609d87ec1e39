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

    /// <summary>An enrolled host, by its identifier: its certificates, its keys, and its reverse tunnel.</summary>
    [JsonStringEnumMemberName("host")]
    Host,

    /// <summary>A CA key that is not this broker's, by its fingerprint: every certificate it ever signed.</summary>
    [JsonStringEnumMemberName("ca")]
    Ca,
}
