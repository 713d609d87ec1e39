namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>What the person who enrolls a host decided.</summary>
/// <param name="Folders">Where the host's files lie.</param>
/// <param name="Sshd">The program.</param>
/// <param name="Paths">Its configuration and PAM service.</param>
/// <param name="Program">The sshfn that sshd and PAM run.</param>
internal sealed record EnrollOptions(HostFolders Folders, Sshd Sshd, SystemPaths Paths, string Program)
{
    internal bool Passcodes { get; init; }

    internal int? PasscodePort { get; init; }

    internal bool RegisteredKeys { get; init; }

    /// <summary>How long registered keys count while the broker is away.</summary>
    internal TimeSpan OfflineKeysFor { get; init; }

    internal bool Sessions { get; init; }

    internal ReloadWay Reload { get; init; }

    /// <summary>Whether settings of others may be shadowed by ours.</summary>
    internal bool Replace { get; init; }

    /// <summary>Whether a host that is enrolled already is set up anew.</summary>
    internal bool Again { get; init; }

    /// <summary>A PEM file with a further TLS root; null for none.</summary>
    internal string? CaFile { get; init; }

    internal bool NeedsPam => Sessions || Passcodes;
}
