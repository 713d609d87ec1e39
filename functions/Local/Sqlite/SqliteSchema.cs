using System.Globalization;

namespace SshFunctions.Local.Sqlite;

/// <summary>The file's layout, and how another program's file or another version's is told apart.</summary>
internal static class SqliteSchema
{
    // "SshF" in ASCII, so that file(1) and this program know the file.
    private const int ApplicationId = 0x5373_6846;

    /// <summary>What <c>PRAGMA user_version</c> says.</summary>
    public const int Version = 1;

    // The versions counter has a table of its own: it must not go back when the newest document is deleted.
    private static readonly string[] Creation =
    [
        """
        CREATE TABLE documents(
          partition TEXT NOT NULL,
          row TEXT NOT NULL,
          version INTEGER NOT NULL,
          body BLOB NOT NULL,
          PRIMARY KEY(partition, row)) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE versions(id INTEGER PRIMARY KEY CHECK(id = 1), last INTEGER NOT NULL) STRICT",
        "INSERT INTO versions(id, last) VALUES(1, 0)",
        Invariant($"PRAGMA application_id = {ApplicationId}"),
        Invariant($"PRAGMA user_version = {Version}"),
    ];

    /// <summary>Makes the tables in an empty file, or checks that they are there.</summary>
    /// <exception cref="SqliteException">The file belongs to another program or another version, or can't be read.</exception>
    public static void Ensure(SqliteConnection connection)
    {
        connection.Execute("BEGIN IMMEDIATE");
        string? found = connection.Query("PRAGMA application_id");
        string? version = connection.Query("PRAGMA user_version");
        bool empty = connection.Query("SELECT count(*) FROM sqlite_schema") == "0";
        if (empty && found == "0" && version == "0")
        {
            foreach (string sql in Creation) connection.Execute(sql);
        }
        else
        {
            Require(connection);
        }

        connection.Execute("COMMIT");
    }

    /// <summary>Checks that a file holds a store of this version.</summary>
    /// <exception cref="SqliteException">It doesn't, or can't be read.</exception>
    public static void Require(SqliteConnection connection)
    {
        if (connection.Query("PRAGMA application_id") != Invariant($"{ApplicationId}"))
            throw new SqliteException(SQLitePCL.raw.SQLITE_MISMATCH, "the file is an SQLite database of another program");
        if (connection.Query("PRAGMA user_version") is var version && version != Invariant($"{Version}"))
        {
            throw new SqliteException(
                SQLitePCL.raw.SQLITE_MISMATCH, $"the file has schema version {version}, this program knows {Version}; use the program that wrote it");
        }
    }

    /// <summary>Turns on the write-ahead log, so that readers don't wait; only for a file that was checked.</summary>
    public static void UseWriteAheadLog(SqliteConnection connection)
    {
        string? mode = connection.Query("PRAGMA journal_mode = WAL");
        if (mode != "wal") throw new SqliteException(SQLitePCL.raw.SQLITE_CANTOPEN, $"the file can't have a write-ahead log, it stays in mode {mode}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
