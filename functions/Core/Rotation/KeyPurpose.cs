using System.Text.Json.Serialization;

namespace SshFunctions.Core.Rotation;

/// <summary>What a signing key is for; no key serves two of them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<KeyPurpose>))]
public enum KeyPurpose
{
    /// <summary>Signs user certificates; hosts trust it.</summary>
    [JsonStringEnumMemberName("user-ca")]
    UserCa,

    /// <summary>Signs host certificates; clients trust it.</summary>
    [JsonStringEnumMemberName("host-ca")]
    HostCa,

    /// <summary>Signs the KRL, the trust bundle and the journal's checkpoints; hosts and auditors trust it.</summary>
    [JsonStringEnumMemberName("journal")]
    Journal,
}
