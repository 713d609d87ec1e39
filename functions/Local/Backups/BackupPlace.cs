using SshFunctions.Core;

namespace SshFunctions.Local.Backups;

/// <summary>From where to where a backup may go.</summary>
internal static class BackupPlace
{
    /// <summary>The store's file in a data directory.</summary>
    public const string StoreName = "store.db";

    /// <summary>What is wrong with either.</summary>
    /// <param name="data">The data directory, absolute.</param>
    /// <param name="path">The file that is to be, absolute.</param>
    /// <returns>Null for nothing.</returns>
    /// <exception cref="IOException">One can't be looked at.</exception>
    public static Refusal? Objection(string data, string path)
    {
        if (Posix.TryLook(Path.Combine(data, StoreName)) is null)
            return new Refusal.Invalid("data", $"{data} is no data directory of a broker: it has no {StoreName}", "name the one that sshfn-broker serve --data names");
        if (Posix.TryLook(path) is not null) return Taken(path);
        string parent = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(parent)) return new Refusal.Invalid("to", $"the folder {parent} doesn't exist, or may not be looked at", $"mkdir -m 700 {parent}");
        string real = Posix.RealPath(parent);
        return IsIn(Posix.RealPath(data), real)
            ? new Refusal.Invalid("to", $"{path} lies in the data directory that is backed up, and would be lost with it", "name a file on another disk")
            : TrustedFolder.Objection(real);
    }

    /// <summary>That there is a file already.</summary>
    public static Refusal.Conflict Taken(string path) => new($"{path} exists already", "name a file that doesn't, so that no older backup is lost");

    /// <summary>Folders that a backup which was killed left. One that is being made looks alike, so they are named and stay.</summary>
    public static IReadOnlyList<string> LeftoversBeside(string path, BackupDraft own) =>
        [.. Directory.EnumerateDirectories(Path.GetDirectoryName(path)!, $"{BackupDraft.Prefix}*").Where(folder => folder != Path.GetDirectoryName(own.Path))];

    /// <summary>Whether a folder is another or lies in it; both without symbolic links.</summary>
    public static bool IsIn(string outer, string folder) =>
        folder == outer || folder.StartsWith(Path.TrimEndingDirectorySeparator(outer) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
