using System.Globalization;
using SQLitePCL;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Local.Backups;

/// <summary>A backup's own tables beside the store's, and the mark that keeps a broker from serving one as it is.</summary>
internal static class BackupSchema
{
    // "SshB" in ASCII.
    private const int ApplicationId = 0x5373_6842;

    // In hexadecimal, because text is read up to the first U+0000 only.
    private const string Layout =
        "SELECT group_concat(type || ' ' || hex(name) || ' ' || hex(tbl_name) || ' ' || hex(ifnull(sql, '')), ';') FROM (SELECT * FROM sqlite_schema ORDER BY type, name)";

    /// <summary>Makes them in a copy of a store.</summary>
    public static void Create(SqliteConnection copy)
    {
        copy.Execute("CREATE TABLE backup(made INTEGER NOT NULL, digest TEXT NOT NULL) STRICT");
        copy.Execute("CREATE TABLE backup_files(name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID");
        copy.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
    }

    /// <summary>Whether a file is a backup.</summary>
    public static bool IsIn(SqliteConnection connection) =>
        connection.Query("PRAGMA application_id") == ApplicationId.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether this program knows the layout of a backup's store.</summary>
    public static bool IsKnown(string? userVersion) => userVersion == SqliteSchema.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Demands the tables that this program makes, to the letter, and nothing beside them: a trigger or view is a program that others wrote.</summary>
    /// <exception cref="SqliteException">There is more, less or other than that.</exception>
    public static void RequireExact(SqliteConnection backup)
    {
        using SqliteConnection known = SqliteConnection.Open(":memory:", SqliteSettings.Default.BusyTimeout);
        SqliteSchema.Ensure(known);
        Create(known);
        if (backup.Query(Layout) != known.Query(Layout))
            throw new SqliteException(raw.SQLITE_CORRUPT, $"its tables, indexes and triggers are not those that this program makes: {NamesIn(backup)}");
    }

    private static string? NamesIn(SqliteConnection backup) => backup.Query(
        "SELECT substr(group_concat(type || ' ' || quote(name), ', '), 1, 300) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_autoindex%'");
}
