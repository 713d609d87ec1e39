namespace SshFunctions.Local.Sqlite;

/// <summary>An error code of SQLite; leaves this folder only inside a <see cref="Core.Ports.StoreUnavailableException"/>.</summary>
internal sealed class SqliteException(int code, string message) : Exception(message)
{
    /// <summary>The extended result code.</summary>
    public int Code { get; } = code;
}
