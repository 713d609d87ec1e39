using System.Globalization;
using System.Security.Cryptography;
using SQLitePCL;
using SshFunctions.Core;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Local.Backups;

/// <summary>Checks a backup and lays out what it holds. What it lays out is not safe to serve yet: see <see cref="Core.Restoring.StoreRestorer"/>.</summary>
public static class BackupCopy
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Lays a backup out in an empty data directory.</summary>
    /// <param name="file">The backup; is not written.</param>
    /// <param name="data">The directory; the caller throws it away when this does not succeed.</param>
    /// <returns>What the backup held; invalid when it is none, or damaged.</returns>
    public static Result<BackupFacts> LayOut(string file, DataDirectory data)
    {
        ArgumentNullException.ThrowIfNull(data);
        string path = Path.GetFullPath(file);
        if (!File.Exists(path)) return new Refusal.NotFound($"there is no file {path}", "name a backup that sshfn-broker backup made");
        try
        {
            using SqliteConnection backup = SqliteConnection.OpenToRead(path, SqliteSettings.Default.BusyTimeout);
            if (!BackupSchema.IsIn(backup))
                return new Refusal.Invalid("from", $"{path} is no backup", "name a file that sshfn-broker backup made; a store.db that was copied by hand is none");
            if (!Check(backup, path).Try(out BackupFacts? facts, out Refusal? refusal)) return refusal;
            foreach (string name in facts.Files) WriteKey(backup, name, data.KeyPath(name));
            CopyStore(backup, data.StorePath);
            Posix.Flush(data.KeysPath);
            return facts;
        }
        catch (SqliteException fault)
        {
            return Damaged(path, fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Refusal.Invalid(null, $"{path} can't be restored: {fault.Message}", "check the room on the disk and who may read and write there");
        }
    }

    /// <summary>Demands that SQLite finds no fault in a file.</summary>
    /// <exception cref="SqliteException">It does.</exception>
    internal static void RequireIntact(SqliteConnection connection)
    {
        if (connection.Query("PRAGMA integrity_check") is var found && found != "ok")
            throw new SqliteException(raw.SQLITE_CORRUPT, $"the file is damaged: {found}");
    }

    private static Result<BackupFacts> Check(SqliteConnection backup, string path)
    {
        RequireIntact(backup);
        string? digest = backup.Query("SELECT digest FROM backup");
        (string found, long count) = BackupDigest.Of(backup);
        if (found != digest) return Damaged(path, "what it holds is not what was written");
        long made = long.Parse(backup.Query("SELECT made FROM backup")!, CultureInfo.InvariantCulture);
        var names = new List<string>();
        SqliteStatement rows = backup.Prepare("SELECT name FROM backup_files ORDER BY name");
        while (rows.Step()) names.Add(rows.Text(0)!);
        rows.Reset();
        return names.Find(name => name is "." or ".." || name.Contains('/', StringComparison.Ordinal)) is { } odd
            ? new Refusal.Invalid("from", $"{path} holds a key file \"{odd}\", which no broker wrote", "name a backup that you trust: it holds the CA keys")
            : new BackupFacts(DateTimeOffset.FromUnixTimeMilliseconds(made), count, names);
    }

    private static void CopyStore(SqliteConnection backup, string store)
    {
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        new FileStream(store, create).Dispose();
        backup.Execute($"VACUUM INTO '{store.Replace("'", "''", StringComparison.Ordinal)}'");
        using (SqliteConnection copy = SqliteConnection.Open(store, SqliteSettings.Default.BusyTimeout)) BackupSchema.Drop(copy);
        using var file = new FileStream(store, FileMode.Open, FileAccess.Write);
        file.Flush(flushToDisk: true);
    }

    private static void WriteKey(SqliteConnection backup, string name, string path)
    {
        SqliteStatement row = backup.Prepare("SELECT body FROM backup_files WHERE name = ?1");
        if (!row.Bind(1, name).Step()) throw new SqliteException(raw.SQLITE_CORRUPT, $"key file {name} is gone");
        byte[] body = row.Blob(0);
        row.Reset();
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        file.Write(body);
        file.Flush(flushToDisk: true);
        CryptographicOperations.ZeroMemory(body);
    }

    private static Refusal.Invalid Damaged(string path, string fault) =>
        new("from", $"backup {path} is damaged and nothing was restored: {fault}", "take another backup; this one's store and keys can't be trusted");
}
