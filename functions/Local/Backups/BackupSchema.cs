using System.Globalization;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Local.Backups;

/// <summary>A backup's own tables beside the store's, and the mark that keeps a broker from serving one as it is.</summary>
internal static class BackupSchema
{
    // "SshB" in ASCII.
    private const int ApplicationId = 0x5373_6842;

    /// <summary>Makes them in a copy of a store.</summary>
    public static void Create(SqliteConnection copy)
    {
        copy.Execute("CREATE TABLE backup(made INTEGER NOT NULL, digest TEXT NOT NULL) STRICT");
        copy.Execute("CREATE TABLE backup_files(name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID");
        copy.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
    }

    /// <summary>Takes them away again. What they held was private keys: it is overwritten.</summary>
    public static void Drop(SqliteConnection copy)
    {
        copy.Execute("PRAGMA secure_delete = ON");
        copy.Execute("DROP TABLE backup_files");
        copy.Execute("DROP TABLE backup");
        SqliteSchema.Mark(copy);
    }

    /// <summary>Whether a file is a backup.</summary>
    public static bool IsIn(SqliteConnection connection) =>
        connection.Query("PRAGMA application_id") == ApplicationId.ToString(CultureInfo.InvariantCulture);
}
