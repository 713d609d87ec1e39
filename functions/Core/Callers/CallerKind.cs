using System.Text.Json.Serialization;

namespace SshFunctions.Core.Callers;

/// <summary>What sort of party sent a request.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallerKind>))]
public enum CallerKind
{
    /// <summary>A human being.</summary>
    [JsonStringEnumMemberName("person")]
    Person,

    /// <summary>A program that acts for itself, for example a CI job.</summary>
    [JsonStringEnumMemberName("service")]
    Service,

    /// <summary>An enrolled host.</summary>
    [JsonStringEnumMemberName("host")]
    Host,

    /// <summary>The broker itself: start-up, a queue function or a timer.</summary>
    [JsonStringEnumMemberName("system")]
    System,
}
