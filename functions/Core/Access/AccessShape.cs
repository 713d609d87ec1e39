using System.Text.Json.Serialization;

namespace SshFunctions.Core.Access;

/// <summary>How wide the access is that a request asks for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccessShape>))]
public enum AccessShape
{
    /// <summary>All that a role gives: every login.</summary>
    [JsonStringEnumMemberName("role")]
    Role,

    /// <summary>Named logins.</summary>
    [JsonStringEnumMemberName("logins")]
    Logins,

    /// <summary>File transfer in one folder.</summary>
    [JsonStringEnumMemberName("sftp-folder")]
    SftpFolder,
}
