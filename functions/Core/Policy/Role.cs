using System.Text.Json.Serialization;

namespace SshFunctions.Core.Policy;

/// <summary>What a grant gives; each role holds what the ones before it hold.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Reads.</summary>
    [JsonStringEnumMemberName("auditor")]
    Auditor,

    /// <summary>Connects; switches SSH on resources.</summary>
    [JsonStringEnumMemberName("developer")]
    Developer,

    /// <summary>Also edits the tree and its grants, switches SSH on environments and projects, revokes.</summary>
    [JsonStringEnumMemberName("manager")]
    Manager,

    /// <summary>Everything.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin,
}
