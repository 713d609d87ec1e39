using System.Text.Json.Serialization;

namespace SshFunctions.Core.Policy;

/// <summary>What a session may do beyond running a command; each is a certificate extension.</summary>
/// <remarks>Source: draft-miller-ssh-cert, "Extensions".</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<Permission>))]
public enum Permission
{
    /// <summary>A terminal: <c>permit-pty</c>.</summary>
    [JsonStringEnumMemberName("pty")]
    Pty,

    /// <summary>Forwarding of ports, and being a jump host: <c>permit-port-forwarding</c>.</summary>
    [JsonStringEnumMemberName("port-forwarding")]
    PortForwarding,

    /// <summary>Forwarding of the agent: <c>permit-agent-forwarding</c>.</summary>
    [JsonStringEnumMemberName("agent-forwarding")]
    AgentForwarding,

    /// <summary>Forwarding of X11: <c>permit-X11-forwarding</c>.</summary>
    [JsonStringEnumMemberName("x11-forwarding")]
    X11Forwarding,

    /// <summary>Running the account's <c>~/.ssh/rc</c>: <c>permit-user-rc</c>.</summary>
    [JsonStringEnumMemberName("user-rc")]
    UserRc,
}
