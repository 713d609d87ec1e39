using System.Text.Json.Serialization;

namespace SshFunctions.Core.Resources;

/// <summary>What kind of destination a resource is, and so what its certificates hold.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CertificateProfileName>))]
public enum CertificateProfileName
{
    /// <summary>An sshd that maps accounts to principals: the principal is <c>login@path</c>, of no use on any other host.</summary>
    [JsonStringEnumMemberName("sshd")]
    Sshd,

    /// <summary>An sshd that only has <c>TrustedUserCAKeys</c>: the principal is the bare login, good on every host like it.</summary>
    [JsonStringEnumMemberName("plain-sshd")]
    PlainSshd,
}
