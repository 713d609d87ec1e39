using System.Globalization;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>What the broker last said of the keys of hosts, in one file; every known_hosts file that sshfn writes is made of it.</summary>
/// <remarks>A certificate is asked for with the version at hand, and comes with newer keys when there are any.</remarks>
internal sealed class HostKeys(Folders folders)
{
    /// <summary>What is said in place of a version where no lines are kept.</summary>
    internal const string None = "none";

    private const string Owner = "# of ";
    private const string VersionMark = "# version ";

    // Longer than two numbers of 64 bits.
    private const int LongestVersion = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The lines of a broker; null when none are kept, or another broker's.</summary>
    internal string? Read(Uri broker)
    {
        string owner = FirstLine(broker);
        return Files.Read(folders.HostKeys) is { } kept && kept.StartsWith(owner, StringComparison.Ordinal) ? kept[owner.Length..] : null;
    }

    /// <summary>The version of the lines at hand, for the broker to compare; null where they are another's, whose hosts a certificate of this one says nothing of.</summary>
    internal string? VersionFor(Uri broker)
    {
        if (Files.Read(folders.HostKeys) is not { } kept || !kept.StartsWith(Owner, StringComparison.Ordinal))
            return None;
        string owner = FirstLine(broker);
        return kept.StartsWith(owner, StringComparison.Ordinal) ? VersionOf(kept[owner.Length..]) ?? None : null;
    }

    /// <summary>Keeps what a broker says, and brings every file up to it that was made before.</summary>
    internal void Keep(Uri broker, string lines)
    {
        using FileLock? held = Hold();
        Write(broker, lines);
    }

    /// <summary>As <see cref="Keep"/>, for lines that came with a certificate: of several brokers behind one address, one may not know yet what another said.</summary>
    internal void KeepNewer(Uri broker, string lines)
    {
        if (!KnownHostsFile.NamesAuthority(lines))
            return;
        using FileLock? held = Hold();
        // Compared under the lock: what another program is just writing may be newer.
        if (VersionFor(broker) is { } version && !IsOlder(VersionOf(lines), version))
            Write(broker, lines);
    }

    /// <summary>Keeps others from writing files that are made of the lines, until it is disposed; null, and nobody is kept, where a process that holds it has stopped.</summary>
    internal FileLock? Hold()
    {
        Ownership.EnsureFolder(folders.State);
        Ownership.EnsureFolder(folders.Locks);
        try
        {
            return FileLock.Take(folders.Locks + "/host_keys", Patience);
        }
        catch (LockHeldException)
        {
            return null;
        }
    }

    /// <summary>Lets go of them: who signs in anew takes what the broker says then, also when it begins to count anew.</summary>
    internal void Forget() => Files.Delete(folders.HostKeys);

    private void Write(Uri broker, string lines)
    {
        Renew(folders.KnownHosts, lines);
        foreach (string path in Files.In(folders.Aliases).Where(path => path.EndsWith(KnownHostsFile.Extension, StringComparison.Ordinal)))
            Renew(path, lines);
        // Last: whoever is killed before asks once more.
        Files.Write(folders.HostKeys, FirstLine(broker) + lines, Files.Private);
    }

    private static void Renew(string path, string lines)
    {
        if (Files.Read(path) is { } before && KnownHostsFile.Again(before, lines) is var now && now != before)
            Files.Write(path, now, Files.Private);
    }

    private static string FirstLine(Uri broker) => $"{Owner}{broker.AbsoluteUri}\n";

    private static string? VersionOf(string lines)
    {
        int end = lines.IndexOf('\n');
        return end > VersionMark.Length && lines.StartsWith(VersionMark, StringComparison.Ordinal)
            && lines[VersionMark.Length..end] is { Length: <= LongestVersion } version && !version.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? version
            : null;
    }

    /// <summary>Whether either number of a version is behind that of another; false for what is no version.</summary>
    private static bool IsOlder(string? version, string than) =>
        NumbersOf(version) is var (trust, hosts) && NumbersOf(than) is var (otherTrust, otherHosts) && (trust < otherTrust || hosts < otherHosts);

    private static (long Trust, long Hosts)? NumbersOf(string? version)
    {
        if (version?.Split('.') is not [var trust, var hosts])
            return null;
        return long.TryParse(trust, NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            && long.TryParse(hosts, NumberStyles.None, CultureInfo.InvariantCulture, out long second)
            ? (first, second)
            : null;
    }
}
