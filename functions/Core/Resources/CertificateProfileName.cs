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

    /// <summary>GitHub: the account stands in the extension <c>login@HOST</c>, HOST being the first of the resource's hosts.</summary>
    [JsonStringEnumMemberName("github")]
    GitHub,

    /// <summary>GitLab: the key id is the account.</summary>
    [JsonStringEnumMemberName("gitlab")]
    GitLab,

    /// <summary>Gitea: the principal is the account.</summary>
    [JsonStringEnumMemberName("gitea")]
    Gitea,
}
