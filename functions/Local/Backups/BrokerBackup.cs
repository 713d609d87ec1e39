using System.Security.Cryptography;
using SshFunctions.Core;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Local.Backups;

/// <summary>Copies all that a broker on one machine keeps into one file, also while it serves.</summary>
/// <remarks>
/// The file is an SQLite database of mode 0600: the store as it was at one moment, the files of <c>keys/</c>, and a digest of both. It is
/// made beside its place and renamed when it is whole and checked. Who reads it has the CA keys.
/// </remarks>
public static class BrokerBackup
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string KeyFolder = "keys";

    /// <summary>Makes a backup.</summary>
    /// <param name="data">The broker's data directory; its lock is not needed.</param>
    /// <param name="file">Where it goes; must not exist.</param>
    /// <param name="clock">When it was made.</param>
    /// <returns>What it holds; a conflict when the file exists, invalid when the directory is none or what it holds is damaged.</returns>
    public static Result<BackupFacts> Make(string data, string file, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        string path = Path.GetFullPath(file);
        string store = Path.Combine(Path.GetFullPath(data), "store.db");
        if (!File.Exists(store))
            return new Refusal.Invalid("data", $"{Path.GetFullPath(data)} is no data directory of a broker: it has no store.db", "name the one that sshfn-broker serve --data names");
        if (Path.Exists(path)) return new Refusal.Conflict($"{path} exists already", "name a file that doesn't, so that no older backup is lost");
        string draft = $"{path}.new";
        try
        {
            BackupFacts facts = Write(store, draft, clock);
            File.Move(draft, path, overwrite: false);
            Posix.Flush(Path.GetDirectoryName(path)!);
            return facts;
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            if (File.Exists(draft)) File.Delete(draft);
            return new Refusal.Invalid(null, $"no backup was made of {store} in {path}, and nothing is left of it: {fault.Message}", FixOf(fault));
        }
    }

    private static BackupFacts Write(string store, string draft, TimeProvider clock)
    {
        if (File.Exists(draft)) File.Delete(draft);
        new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }).Dispose();
        DateTimeOffset made = clock.GetUtcNow();
        using (SqliteConnection source = SqliteConnection.Open(store, SqliteSettings.Default.BusyTimeout))
        {
            SqliteSchema.Require(source);
            source.Execute($"VACUUM INTO '{draft.Replace("'", "''", StringComparison.Ordinal)}'");
        }

        BackupFacts facts = Complete(draft, Path.Combine(Path.GetDirectoryName(store)!, KeyFolder), made);
        using var file = new FileStream(draft, FileMode.Open, FileAccess.Write);
        file.Flush(flushToDisk: true);
        return facts;
    }

    // Keys after the store: a key is in its file before the store names it.
    private static BackupFacts Complete(string draft, string keys, DateTimeOffset made)
    {
        using SqliteConnection copy = SqliteConnection.Open(draft, SqliteSettings.Default.BusyTimeout);
        copy.Execute("PRAGMA journal_mode = MEMORY");
        copy.Execute("BEGIN IMMEDIATE");
        BackupSchema.Create(copy);
        string[] names = [.. Directory.EnumerateFiles(keys).Select(Path.GetFileName).Order(StringComparer.Ordinal).Where(name => !name!.EndsWith(".new", StringComparison.Ordinal))!];
        SqliteStatement insert = copy.Prepare("INSERT INTO backup_files(name, body) VALUES(?1, ?2)");
        foreach (string name in names) AddFile(insert, Path.Combine(keys, name));
        copy.Prepare("INSERT INTO backup(made, digest) VALUES(?1, '')").Bind(1, made.ToUnixTimeMilliseconds()).Execute();
        (string digest, long count) = BackupDigest.Of(copy);
        copy.Execute($"UPDATE backup SET digest = '{digest}'");
        copy.Execute("COMMIT");
        BackupCopy.RequireIntact(copy);
        return new BackupFacts(made, count, names);
    }

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

    private static string FixOf(Exception fault) => fault is SqliteException { Code: SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB }
        ? "the store is damaged: keep it, and restore the last good backup"
        : "check the room on both disks and who may read and write there";
}
