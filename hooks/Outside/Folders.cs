using System.Runtime.InteropServices;

namespace SshFunctions.Hooks.Outside;

/// <summary>Where sshfn keeps its files.</summary>
/// <param name="Config">Credentials and the files that ssh reads.</param>
/// <param name="State">Keys and certificates by destination.</param>
internal sealed record Folders(string Config, string State)
{
    private const int FolderOffset = 32;
    private const int ShellOffset = 40;

    internal string Credentials => Config + "/credentials.json";

    internal string CredentialsLock => Config + "/credentials.lock";

    internal string CredentialsFailure => Config + "/credentials.failure";

    internal string SshConfig => Config + "/ssh_config";

    internal string GitSshConfig => Config + "/git_ssh_config";

    internal string KnownHosts => Config + "/known_hosts";

    internal string Destinations => State + "/destinations";

    internal string Locks => State + "/locks";

    internal string Failures => State + "/failures";

    /// <summary>What the caller may see, as the broker last told it.</summary>
    internal string Catalog => State + "/catalog.json";

    /// <summary>What the broker last said of the keys of hosts.</summary>
    internal string HostKeys => State + "/host_keys";

    internal string Aliases => State + "/aliases";

    internal string Strangers => State + "/strangers";

    internal string BlockedPorts => State + "/blocked_ports";

    internal string Tunnels => State + "/tunnels";

    internal string ConnectConfig => Config + "/connect_ssh_config";

    /// <summary>The home folder that ssh takes for <c>~</c>: the password database's, not <c>$HOME</c>.</summary>
    internal static string SshHome => AccountHome ?? Rooted(Settings.Home) ?? "/";

    /// <summary>The home folder that the password database names, whatever the environment says; null when it names none.</summary>
    internal static string? AccountHome => PasswordField(FolderOffset);

    internal static string? LoginShell => PasswordField(ShellOffset);

    internal static Folders Current()
    {
        if (Settings.SshfnHome is { } both)
            return new(Absolute(both) + "/config", Absolute(both) + "/state");
        return new(Absolute(Rooted(Settings.ConfigHome) ?? Home + "/.config") + "/sshfn", Absolute(Rooted(Settings.StateHome) ?? Home + "/.local/state") + "/sshfn");
    }

    /// <summary><c>$HOME</c>; the password database's home when that is no absolute path, and for root when it is somebody else's, as sudo may leave it.</summary>
    private static string Home => Rooted(Settings.Home) is { } home && !(Ownership.IsRoot && FileFacts.Of(home) is { Owner: not 0 }) ? home : SshHome;

    // A relative one would be another folder in every folder. Source: XDG Base Directory Specification 0.8, "must be absolute … ignore it".
    private static string? Rooted(string? path) => Path.IsPathRooted(path) ? path : null;

    private static string Absolute(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    // struct passwd: name, passwd, uid, gid, gecos, dir, shell; 64-bit pointers, 32-bit ids. Source: pwd.h of glibc and musl.
    private static string? PasswordField(int offset)
    {
        nint entry = Libc.PasswordEntry(Libc.EffectiveUser());
        if (entry == 0)
            return null;
        return Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(entry, offset)) is { Length: > 0 } text ? text : null;
    }
}
