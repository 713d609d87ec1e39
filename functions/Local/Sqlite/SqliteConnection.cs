using SQLitePCL;

namespace SshFunctions.Local.Sqlite;

/// <summary>One connection, used by one thread at a time. Every error is a <see cref="SqliteException"/>.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];

    private SqliteConnection(sqlite3 handle) => _handle = handle;

    /// <summary>Opens a file that exists; an empty one is an empty database.</summary>
    public static SqliteConnection Open(string path, TimeSpan busyTimeout) => Open(path, busyTimeout, raw.SQLITE_OPEN_READWRITE);

    /// <summary>Opens a file that exists and lies perhaps where nothing can be written; it is never changed.</summary>
    public static SqliteConnection OpenToRead(string path, TimeSpan busyTimeout) => Open(path, busyTimeout, raw.SQLITE_OPEN_READONLY);

    private static SqliteConnection Open(string path, TimeSpan busyTimeout, int access)
    {
        SqliteLibrary.EnsureLoaded();
        int code = raw.sqlite3_open_v2(path, out sqlite3 handle, access | raw.SQLITE_OPEN_NOMUTEX | raw.SQLITE_OPEN_PRIVATECACHE, null);
        var connection = new SqliteConnection(handle);
        try
        {
            connection.Check(code, "open");
            connection.Check(raw.sqlite3_extended_result_codes(handle, 1), "open");
            connection.Check(raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds), "open");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out sqlite3_stmt handle), "prepare");
        var statement = new SqliteStatement(this, handle);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Runs one statement once and drops its rows.</summary>
    public void Execute(string sql) => _ = Query(sql);

    /// <summary>Runs one statement once.</summary>
    /// <returns>The first column of its first row as text, or null.</returns>
    public string? Query(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out sqlite3_stmt handle), sql);
        using var statement = new SqliteStatement(this, handle);
        string? first = statement.Step() ? statement.Text(0) : null;
        while (first is not null && statement.Step())
        {
        }

        return first;
    }

    /// <summary>Throws unless a call went well.</summary>
    public void Check(int code, string action)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE) return;
        throw new SqliteException(code, $"SQLite error {code} at {action}: {raw.sqlite3_errmsg(_handle).utf8_to_string()}");
    }

    /// <summary>Closes; a transaction that is open is rolled back.</summary>
    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements) statement.Dispose();
        _handle.Dispose();
    }
}
