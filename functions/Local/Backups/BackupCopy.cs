using SQLitePCL;
using SshFunctions.Core;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Local.Backups;

/// <summary>Checks a backup and lays out what it holds. What it lays out is not safe to serve yet: see <see cref="Core.Restoring.StoreRestorer"/>.</summary>
internal static class BackupCopy
{
    private const int PrimaryCode = 0xFF;
    private const int LongestFault = 400;

    /// <summary>Lays a backup out in an empty data directory.</summary>
    /// <param name="path">The backup, absolute; is not written.</param>
    /// <param name="data">The directory; the caller throws it away when this does not succeed.</param>
    /// <param name="copy">Where the backup is copied to while it is read.</param>
    /// <param name="store">Where its store goes.</param>
    /// <returns>What the backup held; invalid when it is none, or damaged, or may be another's.</returns>
    public static Result<BackupFacts> LayOut(string path, DataDirectory data, string copy, string store)
    {
        try
        {
            if (BackupFile.CopyTo(path, copy) is { } objection) return objection;
            using SqliteConnection backup = SqliteConnection.OpenToRead(copy, SqliteSettings.Default.BusyTimeout);
            if (!BackupSchema.IsIn(backup)) return NoBackup(path);
            if (backup.Query("PRAGMA user_version") is var version && !BackupSchema.IsKnown(version))
                return new Refusal.Invalid("from", $"backup {path} has store version {version}, this program knows {SqliteSchema.Version}", "restore it with the program that made it");
            BackupFacts facts = BackupCheck.Read(backup);
            foreach (string name in facts.Files) BackupKeys.Write(backup, name, data.KeyPath(name));
            FillStore(copy, store);
            Posix.Flush(data.KeysPath);
            return facts;
        }
        catch (SqliteException fault)
        {
            return RefusalOf(fault, path, data);
        }
        // .NET tells of a file that outgrows a limit by an argument out of range.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            return new Refusal.Invalid("data", $"backup {path} can't be laid out in {data.Path}: {fault.Message}", "check the room on that disk and who may write there");
        }
    }

    /// <summary>That a backup holds what no broker wrote.</summary>
    public static Refusal.Invalid Damaged(string path, string fault) =>
        new("from", $"backup {path} is damaged and nothing was restored: {Shown(fault)}", "take another backup; this one's store and keys can't be trusted");

    // A name in a backup made by hand may be a command to the terminal.
    private static string Shown(string text) => string.Concat(text.Select(unit => char.IsControl(unit) ? '?' : unit).Take(LongestFault));

    // A store of our own making takes the rows: of what else a file of SQLite may hold, nothing comes with them.
    private static void FillStore(string copy, string store)
    {
        OwnFile.Create(store).Dispose();
        using (SqliteConnection filled = SqliteConnection.Open(store, SqliteSettings.Default.BusyTimeout))
        {
            SqliteSchema.Ensure(filled);
            filled.Execute("PRAGMA trusted_schema = OFF");
            filled.Execute("PRAGMA journal_mode = MEMORY");
            filled.Execute($"ATTACH DATABASE '{copy.Replace("'", "''", StringComparison.Ordinal)}' AS source");
            filled.Execute("BEGIN IMMEDIATE");
            filled.Execute("INSERT INTO main.documents(partition, row, version, body) SELECT partition, row, version, body FROM source.documents ORDER BY partition, row");
            filled.Execute("UPDATE main.versions SET last = (SELECT last FROM source.versions)");
            filled.Execute("COMMIT");
        }

        OwnFile.Flush(store);
    }

    private static Refusal.Invalid NoBackup(string path) =>
        new("from", $"{path} is no backup", "name a file that sshfn-broker backup made; a store.db that was copied by hand is none");

    // All of these files lie in the new directory by now.
    private static Refusal.Invalid RefusalOf(SqliteException fault, string path, DataDirectory data) => (fault.Code & PrimaryCode) switch
    {
        raw.SQLITE_NOTADB => NoBackup(path),
        raw.SQLITE_FULL => new Refusal.Invalid("data", $"there is no room for the backup in {data.Path}: {fault.Message}", "make room for three times the backup's size there"),
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM =>
            new Refusal.Invalid("data", $"backup {path} can't be laid out in {data.Path}: {fault.Message}", "check that disk and who may write there"),
        _ => Damaged(path, fault.Message),
    };
}
