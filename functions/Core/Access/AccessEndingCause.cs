using System.Text.Json.Serialization;

namespace SshFunctions.Core.Access;

/// <summary>Why a request ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccessEndingCause>))]
public enum AccessEndingCause
{
    /// <summary>Somebody closed it, or withdrew it.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,

    /// <summary>Its time was over.</summary>
    [JsonStringEnumMemberName("time")]
    Time,

    /// <summary>Its grant was removed or revoked by hand.</summary>
    [JsonStringEnumMemberName("grant")]
    Grant,

    /// <summary>An approver said no.</summary>
    [JsonStringEnumMemberName("denied")]
    Denied,
}
