using SshFunctions.Core;

namespace SshFunctions.Local.Backups;

/// <summary>A data directory that is being restored: its lock is held, and it has no store until it is safe to serve from.</summary>
/// <remarks>
/// An empty directory stays the one that it is, with its owner and mode, also where it is a mount point or somebody stands in it. The
/// store comes last: a broker refuses a directory that was used and has none, so a death in between leaves nothing to start from.
/// </remarks>
public sealed class RestoreTarget : IDisposable
{
    private const string Copy = "backup.restoring";
    private const string Draft = "store.restoring";

    // Made by mkfs on a volume that is all of the directory.
    private const string LostAndFound = "lost+found";

    private readonly bool _isMade;
    private bool _isKept;

    private RestoreTarget(DataDirectory data, bool isMade)
    {
        Data = data;
        _isMade = isMade;
    }

    /// <summary>The directory.</summary>
    public DataDirectory Data { get; }

    /// <summary>Where the store lies until it is kept.</summary>
    public string StorePath => Path.Combine(Data.Path, Draft);

    /// <summary>Takes a directory that is absent or empty; of two that ask at once, one.</summary>
    /// <param name="directory">The directory.</param>
    /// <returns>It; a conflict when it holds anything or is taken, invalid when it can't be used.</returns>
    /// <exception cref="IOException">It can't be looked at or made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public static Result<RestoreTarget> Take(string directory)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if ((ObjectionTo(path) ?? ObjectionAbove(path)) is { } objection) return objection;
        if (Path.GetDirectoryName(path) is { } parent) Directory.CreateDirectory(parent);
        bool isMade = Posix.TryMakeFolder(path);
        if (!DataDirectory.Open(path).Try(out DataDirectory? data, out Refusal? refusal)) return refusal;
        // Whoever had it in the meantime may have left something.
        if (data.WasUsedBefore || Directory.EnumerateFileSystemEntries(data.KeysPath).Any() || EntriesOf(path).Any(name => name is not ("lock" or "keys")))
        {
            data.Dispose();
            return NotEmpty(path);
        }

        var target = new RestoreTarget(data, isMade);
        try
        {
            // That it was used must be known after a power failure too.
            Posix.Flush(Path.Combine(path, "lock"));
            Posix.Flush(path);
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    /// <summary>Lays a backup out. Its store is not safe to serve from yet, and lies at <see cref="StorePath"/>.</summary>
    /// <param name="file">The backup; is not written.</param>
    /// <returns>What the backup held; invalid when it is none, or damaged, or may be another's.</returns>
    public Result<BackupFacts> LayOut(string file)
    {
        string copy = Path.Combine(Data.Path, Copy);
        Result<BackupFacts> facts = BackupCopy.LayOut(Path.GetFullPath(file), Data, copy, StorePath);
        if (facts.Succeeded) DeleteStore(copy);
        return facts;
    }

    /// <summary>Tells that what the backup holds can't be made safe.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="fault">Why.</param>
    /// <returns>The refusal.</returns>
    public static Refusal Damaged(string file, string fault) => BackupCopy.Damaged(Path.GetFullPath(file), fault);

    /// <summary>Makes the directory one that a broker serves from, once the store is safe and closed.</summary>
    /// <exception cref="IOException">It can't be, or the store is not closed.</exception>
    public void Keep()
    {
        if (File.Exists($"{StorePath}-wal")) throw new IOException($"{StorePath} is still open");
        OwnFile.Flush(StorePath);
        File.Move(StorePath, Data.StorePath, overwrite: false);
        _isKept = true;
        Posix.Flush(Data.Path);
    }

    /// <summary>Lets the directory go. If it was not kept, takes away what was put there, and it too if it was made.</summary>
    public void Dispose()
    {
        try
        {
            if (!_isKept) Remove();
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // No broker starts from what is left, and the next restore names it.
        }
        finally
        {
            Data.Dispose();
        }
    }

    private static Refusal.Conflict? ObjectionTo(string path)
    {
        if (Posix.TryLook(path) is not { } status) return null;
        if (status.IsLink)
        {
            string? real = Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;
            return new Refusal.Conflict($"{path} is a symbolic link to {real}", $"name the directory itself: --data {real}");
        }

        if (!status.IsFolder) return new Refusal.Conflict($"{path} is no directory", "name one that is new or empty");
        List<string> names = [.. EntriesOf(path)];
        if (names.Contains(Draft) || names.Contains(Copy))
            return new Refusal.Conflict($"{path} holds what a restore left that was killed, or runs", $"when none runs any more: rm -r {path}, and restore again");
        return names.Count == 0 ? null : NotEmpty(path);
    }

    private static Refusal.Conflict? ObjectionAbove(string path)
    {
        string? above = Path.GetDirectoryName(path);
        while (above is not null && !Directory.Exists(above)) above = Path.GetDirectoryName(above);
        for (string? folder = above is null ? null : Posix.RealPath(above); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, BackupPlace.StoreName)))
                return new Refusal.Conflict($"{path} lies in {folder}, the data directory of another broker", "name a directory beside it");
        }

        return null;
    }

    private static Refusal.Conflict NotEmpty(string path) =>
        new($"{path} is not empty", "restore into a directory that is new, and keep the old one until all is well");

    private static IEnumerable<string> EntriesOf(string path) =>
        Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Where(name => name != LostAndFound);

    private void Remove()
    {
        DeleteStore(Path.Combine(Data.Path, Copy));
        DeleteStore(StorePath);
        Directory.Delete(Data.KeysPath, recursive: true);
        // The folder itself stays locked until the end.
        File.Delete(Path.Combine(Data.Path, "lock"));
        if (_isMade) Directory.Delete(Data.Path);
    }

    private static void DeleteStore(string path)
    {
        foreach (string suffix in (string[])["", "-wal", "-shm", "-journal"]) File.Delete(path + suffix);
    }
}
