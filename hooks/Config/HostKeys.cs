using System.Globalization;
using System.Runtime.ExceptionServices;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>What the broker last said of the keys of hosts, in one file; every known_hosts file that sshfn writes is made of it, and names its broker and its version.</summary>
/// <remarks>
/// A certificate is asked for with the version at hand, and comes with newer keys when there are any. Whatever went wrong on the way leaves
/// no version behind, so that the next certificate brings everything once more.
/// </remarks>
internal sealed class HostKeys(Folders folders)
{
    /// <summary>What is said in place of a version where no lines are kept.</summary>
    internal const string None = "none";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The lines of a broker; null when none are kept, or another broker's.</summary>
    internal string? Read(Uri broker)
    {
        string owner = KnownHostsFile.OwnerLine(broker);
        return Files.Read(folders.HostKeys) is { } kept && kept.StartsWith(owner, StringComparison.Ordinal) ? kept[owner.Length..] : null;
    }

    /// <summary>The version of the lines at hand, for the broker to compare; null where all of them are another's, whose hosts a certificate of this one says nothing of.</summary>
    internal string? VersionFor(Uri broker)
    {
        try
        {
            string? kept = Files.Read(folders.HostKeys), managed = Files.Read(folders.KnownHosts);
            bool isAnothers = IsAnothers(broker, kept);
            string? version = kept is null || isAnothers ? null : KnownHostsFile.VersionOf(kept);
            // One that names nobody was written by a release before this one.
            if (managed is null || (KnownHostsFile.NamesOwner(managed) ? !KnownHostsFile.IsOf(broker, managed) : isAnothers))
                return isAnothers ? null : version ?? None;
            // One of them may be older, where somebody was killed between the two.
            string? rendered = KnownHostsFile.VersionOf(managed);
            return (isAnothers || rendered == version ? rendered : null) ?? None;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    /// <summary>Keeps what a broker says, or what is newer at hand, and brings every file up to it that was made of its lines before.</summary>
    /// <param name="broker">Whose lines.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="apply">Writes further files from the lines that count, while nobody else writes.</param>
    /// <exception cref="CommandFailedException">They name no CA, and nothing was written.</exception>
    internal void Keep(Uri broker, string lines, Action<string>? apply = null)
    {
        RequireAuthority(lines);
        using FileLock? held = Hold();
        // A certificate may have brought newer ones meanwhile, or an instance that had heard of more.
        if (VersionFor(broker) is { } version && IsOlder(KnownHostsFile.VersionOf(lines), version))
            lines = Read(broker) ?? lines;
        apply?.Invoke(lines);
        Write(broker, lines, isAlone: held is not null, takesOver: true);
    }

    /// <summary>As <see cref="Keep"/>, for lines that came with a certificate: of several brokers behind one address, one may not know yet what another said.</summary>
    /// <returns>Why they were not taken; null when they were, or no file is made of this broker's.</returns>
    internal string? KeepNewer(Uri broker, string lines)
    {
        if (!KnownHostsFile.NamesAuthority(lines))
            return "the broker's answer names no CA of hosts";
        using FileLock? held = Hold();
        // Compared under the lock: what another program is just writing may be newer.
        if (VersionFor(broker) is not { } version)
            return null;
        if (IsOlder(KnownHostsFile.VersionOf(lines), version))
            return $"the broker's are older, {KnownHostsFile.VersionOf(lines)} and not {version}; if its data was put back, sshfn login takes them";
        Write(broker, lines, isAlone: held is not null, takesOver: false);
        return null;
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

    /// <summary>Refuses an answer that is something else, such as the page of a proxy: it would take the trust in every host away.</summary>
    internal static void RequireAuthority(string lines)
    {
        if (!KnownHostsFile.NamesAuthority(lines))
            throw new CommandFailedException(ExitCode.Unavailable, "the broker's answer names no CA of hosts", "is something else at its address, such as a proxy? sshfn doctor");
    }

    private void Write(Uri broker, string lines, bool isAlone, bool takesOver)
    {
        if (!isAlone)
            lines = KnownHostsFile.WithoutVersion(lines);
        ExceptionDispatchInfo? failure = null;
        bool isAnothers = IsAnothers(broker, Files.Read(folders.HostKeys));
        // The managed file after the others: its version is what this broker is asked with where the copy is another's.
        string[] aliases = [.. Files.In(folders.Aliases).Where(path => path.EndsWith(KnownHostsFile.Extension, StringComparison.Ordinal))];
        foreach (string path in aliases.Append(folders.KnownHosts))
        {
            try
            {
                Renew(broker, path, lines, takesUnnamed: !isAnothers);
            }
            catch (Exception error) when (error is CommandFailedException or IOException or UnauthorizedAccessException)
            {
                failure ??= ExceptionDispatchInfo.Capture(error);
                lines = KnownHostsFile.WithoutVersion(lines);
            }
        }

        // Last: whoever is killed before asks once more.
        if (takesOver || !isAnothers)
            Files.Write(folders.HostKeys, KnownHostsFile.OwnerLine(broker) + lines, Files.Private);
        failure?.Throw();
    }

    private static bool IsAnothers(Uri broker, string? kept) => kept is not null && KnownHostsFile.NamesOwner(kept) && !KnownHostsFile.IsOf(broker, kept);

    private static void Renew(Uri broker, string path, string lines, bool takesUnnamed)
    {
        if (Files.Read(path) is { } before && (takesUnnamed || KnownHostsFile.NamesOwner(before)) && KnownHostsFile.Again(broker, before, lines) is var now && now != before)
            Files.Write(path, now, Files.Private);
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
