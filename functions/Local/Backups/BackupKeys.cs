using System.Buffers;
using System.Security.Cryptography;
using SshFunctions.Core.Rotation;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Local.Backups;

/// <summary>The files of <c>keys/</c> in a backup.</summary>
internal static class BackupKeys
{
    private const int LongestName = 200;

    // The largest key of OpenSSH's format takes a quarter of it.
    private const int MaximumBytes = 256 * 1024;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Whether a key file may be called so. Only such a name is taken from a backup, which may be made by hand.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name[0] != '.' && !name.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Puts them in.</summary>
    /// <returns>Names of what is in, and of what lies there too and is not: links, pipes, folders, and files of names that no broker gives.</returns>
    public static (IReadOnlyList<string> Taken, IReadOnlyList<string> LeftOut) Add(SqliteConnection copy, string folder)
    {
        string[] found = Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!] : [];
        // A key that is being made.
        ILookup<bool, string> names = found.Where(name => !name.EndsWith(".new", StringComparison.Ordinal)).ToLookup(name => IsTaken(folder, name));
        SqliteStatement insert = copy.Prepare("INSERT INTO backup_files(name, body) VALUES(?1, ?2)");
        foreach (string name in names[true]) AddFile(insert, Path.Combine(folder, name));
        return ([.. names[true]], [.. names[false]]);
    }

    /// <summary>Lays one out, durable.</summary>
    public static void Write(SqliteConnection backup, string name, string path)
    {
        SqliteStatement row = backup.Prepare("SELECT body FROM backup_files WHERE name = ?1");
        if (!row.Bind(1, name).Step()) throw new SqliteException(SQLitePCL.raw.SQLITE_CORRUPT, $"key file {name} is gone");
        byte[] body = row.Blob(0);
        row.Reset();
        using FileStream file = OwnFile.Create(path);
        file.Write(body);
        file.Flush(flushToDisk: true);
        CryptographicOperations.ZeroMemory(body);
    }

    /// <summary>Keys that sign, or are to sign next, and lie in the folder by what the store says.</summary>
    public static IEnumerable<string> NeededBy(KeyRing ring) => SigningIn(ring).Select(key => key.Place).Where(place => !IsElsewhere(place));

    /// <summary>Keys that sign, or are to sign next, and lie somewhere else: no backup has them.</summary>
    public static IEnumerable<string> ElsewhereBy(KeyRing ring) =>
        SigningIn(ring).Where(key => IsElsewhere(key.Place)).Select(key => $"the {key.Purpose.Text()} key at {key.Place}");

    private static IEnumerable<SigningKey> SigningIn(KeyRing ring) => ring.Keys.Where(key => key.State == SigningKeyState.Active || key.IsCandidate);

    private static bool IsElsewhere(string place) => place.Contains('/', StringComparison.Ordinal);

    private static bool IsTaken(string folder, string name) =>
        IsName(name) && Posix.TryLook(Path.Combine(folder, name)) is { IsRegular: true } && new FileInfo(Path.Combine(folder, name)).Length <= MaximumBytes;

    private static void AddFile(SqliteStatement insert, string path)
    {
        byte[] body = File.ReadAllBytes(path);
        try
        {
            insert.Bind(1, Path.GetFileName(path)).Bind(2, body).Execute();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }
}
