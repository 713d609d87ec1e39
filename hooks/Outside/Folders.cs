using System.Runtime.InteropServices;

namespace SshFunctions.Hooks.Outside;

/// <summary>Where sshfn keeps its files.</summary>
/// <param name="Config">Credentials and the files that ssh reads.</param>
/// <param name="State">Keys and certificates by destination.</param>
/// <param name="AreDefault">True: every process of this user finds the same folders, whatever its environment.</param>
internal sealed record Folders(string Config, string State, bool AreDefault)
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

    internal string Aliases => State + "/aliases";

    internal string Strangers => State + "/strangers";

    internal string BlockedPorts => State + "/blocked_ports";

    internal string Tunnels => State + "/tunnels";

    internal string ConnectConfig => Config + "/connect_ssh_config";

    /// <summary>The home folder that ssh takes for <c>~</c>: the password database's, not <c>$HOME</c>.</summary>
    internal static string SshHome => AccountHome ?? Settings.Home ?? "/";

    /// <summary>The home folder that the password database names, whatever the environment says; null when it names none.</summary>
    internal static string? AccountHome => PasswordField(FolderOffset);

    internal static string? LoginShell => PasswordField(ShellOffset);

    internal static Folders Current()
    {
        if (Settings.SshfnHome is { } both)
            return new(Absolute(both) + "/config", Absolute(both) + "/state", false);
        string home = Settings.Home ?? SshHome;
        return new(
            Absolute(Settings.ConfigHome ?? home + "/.config") + "/sshfn",
            Absolute(Settings.StateHome ?? home + "/.local/state") + "/sshfn",
            Settings.ConfigHome is null && Settings.StateHome is null);
    }

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
