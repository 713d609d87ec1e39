namespace SshFunctions.Hooks.Host;

/// <summary>How a listening sshd is found, to be told of a new configuration.</summary>
internal enum ReloadWay
{
    /// <summary>By its pid file, else by what it runs and reads.</summary>
    Auto,

    /// <summary>By its pid file, which must lead to it.</summary>
    PidFile,

    /// <summary>Not at all.</summary>
    None,
}
