namespace SshFunctions.Hooks.Outside;

/// <summary>The environment variables that sshfn reads; an empty one counts as absent.</summary>
internal static class Settings
{
    internal static string? Home => Read("HOME");

    internal static string? SshfnHome => Read("SSHFN_HOME");

    internal static string? ConfigHome => Read("XDG_CONFIG_HOME");

    internal static string? StateHome => Read("XDG_STATE_HOME");

    internal static string? Broker => Read("SSHFN_BROKER");

    internal static string? Token => Read("SSHFN_TOKEN");

    internal static string? CaFile => Read("SSHFN_CA_FILE");

    internal static string? Shell => Read("SHELL");

    internal static string? AgentSocket => Read("SSH_AUTH_SOCK");

    /// <summary>Set by sshd in every session.</summary>
    internal static string? SshConnection => Read("SSH_CONNECTION");

    /// <summary>What the client asked for when sshd runs another command in its place; null when it asked for a shell.</summary>
    internal static string? SshOriginalCommand => Read("SSH_ORIGINAL_COMMAND");

    /// <summary>The account that PAM is about.</summary>
    internal static string? PamUser => Read("PAM_USER");

    /// <summary>Set by sshd for PAM: how the client proved itself, one method a line.</summary>
    internal static string? SshAuthInfo => Read("SSH_AUTH_INFO_0");

    /// <summary>Whether an HTTPS proxy is configured; looking one up costs time that the hook does not have.</summary>
    internal static bool HasProxy =>
        (Read("HTTPS_PROXY") ?? Read("https_proxy") ?? Read("ALL_PROXY") ?? Read("all_proxy")) is not null;

    private static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
