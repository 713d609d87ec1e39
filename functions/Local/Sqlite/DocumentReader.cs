using System.Globalization;
using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Sqlite;

/// <summary>A connection that reads, with its statements; used by one thread at a time.</summary>
internal sealed class DocumentReader : IDisposable
{
    // Bounds the memory of a page of large documents; a page may be short.
    private const int MaximumPageBytes = 4 * 1024 * 1024;

    // No key lies outside these: the first and one past the last character of the key alphabet's range.
    private const string Lowest = "!";
    private const string Highest = "\u007f";

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _get;
    private readonly SqliteStatement _list;

    private DocumentReader(SqliteConnection connection)
    {
        _connection = connection;
        _get = connection.Prepare("SELECT version, body FROM documents WHERE partition = ?1 AND row = ?2");
        _list = connection.Prepare(
            "SELECT row, version, body FROM documents WHERE partition = ?1 AND row >= ?2 AND row < ?3 ORDER BY row LIMIT ?4");
    }

    public static DocumentReader Open(string path, SqliteSettings settings)
    {
        SqliteConnection connection = SqliteConnection.Open(path, settings.BusyTimeout);
        try
        {
            connection.Execute("PRAGMA query_only = ON");
            return new DocumentReader(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public StoredDocument? Get(DocumentKey key)
    {
        try
        {
            _get.Bind(1, key.Partition).Bind(2, key.Row);
            return _get.Step() ? new StoredDocument(key, VersionOf(_get.Integer(0)), _get.Blob(1)) : null;
        }
        finally
        {
            _get.Reset();
        }
    }

    public DocumentPage List(string partition, RowRange range)
    {
        var documents = new List<StoredDocument>();
        int pageBytes = 0;
        try
        {
            // One more than asked for tells whether there is a next page, and which row it begins with.
            _list.Bind(1, partition).Bind(2, range.From ?? Lowest).Bind(3, range.To ?? Highest).Bind(4, range.Limit + 1);
            while (_list.Step())
            {
                string row = _list.Text(0)!;
                if (documents.Count == range.Limit || pageBytes >= MaximumPageBytes) return new DocumentPage(documents, row);
                byte[] body = _list.Blob(2);
                pageBytes += body.Length;
                documents.Add(new StoredDocument(new DocumentKey(partition, row), VersionOf(_list.Integer(1)), body));
            }

            return new DocumentPage(documents, null);
        }
        finally
        {
            _list.Reset();
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>A version as callers see it.</summary>
    public static DocumentVersion VersionOf(long version) => new(version.ToString(CultureInfo.InvariantCulture));
}
