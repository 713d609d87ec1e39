using System.Text.Json.Serialization;

namespace SshFunctions.Core.Resources;

/// <summary>Whether SSH is on; off at any level of the tree wins.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SshSwitch>))]
public enum SshSwitch
{
    /// <summary>Grants count.</summary>
    [JsonStringEnumMemberName("enabled")]
    Enabled,

    /// <summary>Nobody enters.</summary>
    [JsonStringEnumMemberName("disabled")]
    Disabled,
}
