using System.Text.Json.Serialization;

namespace SshFunctions.Core.Access;

/// <summary>Where an access request is in its life.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccessRequestState>))]
public enum AccessRequestState
{
    /// <summary>Waits for approvals.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Approved; its grant is about to be made.</summary>
    [JsonStringEnumMemberName("approved")]
    Approved,

    /// <summary>Its grant is there.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>An approver said no. Final.</summary>
    [JsonStringEnumMemberName("denied")]
    Denied,

    /// <summary>Nobody decided in time, or what was approved could not be given in time. Final.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,

    /// <summary>Its access ended, or it was withdrawn. Final: the grant is gone and what was minted under it is revoked.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,
}
