using System.Text;
using SQLitePCL;
using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Sqlite;

/// <summary>A prepared statement that is bound, run and reset over and over.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Binds a key or a bound: at most <see cref="StoreLimits.MaximumKeyLength"/> ASCII characters.</summary>
    public SqliteStatement Bind(int index, string key)
    {
        Span<byte> ascii = stackalloc byte[StoreLimits.MaximumKeyLength];
        int length = Encoding.ASCII.GetBytes(key, ascii);
        connection.Check(raw.sqlite3_bind_text(handle, index, ascii[..length]), "bind");
        return this;
    }

    public SqliteStatement Bind(int index, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, index, value), "bind");
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> blob)
    {
        // An empty span has no address, and SQLite takes a blob without one for NULL.
        int code = blob.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, blob);
        connection.Check(code, "bind");
        return this;
    }

    /// <summary>Moves to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        int code = raw.sqlite3_step(handle);
        connection.Check(code, "step");
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement that gives no rows, and resets it.</summary>
    public void Execute()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Ends the run, and with it the read transaction that it may hold.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle); // Its code repeats the one of the last step, which was thrown then.

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public string? Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public byte[] Blob(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public void Dispose() => handle.Dispose();
}
