using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Sqlite;

/// <summary>The connection that writes, with its statements. After any <see cref="SqliteException"/> it is only good for disposal.</summary>
internal sealed class DocumentWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _replace;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _readLast;
    private readonly SqliteStatement _writeLast;
    private long _storedLast;
    private long _last;

    private DocumentWriter(SqliteConnection connection)
    {
        _connection = connection;
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
        _find = connection.Prepare("SELECT version FROM documents WHERE partition = ?1 AND row = ?2");
        _insert = connection.Prepare("INSERT INTO documents(partition, row, version, body) VALUES(?1, ?2, ?3, ?4)");
        _replace = connection.Prepare("UPDATE documents SET version = ?3, body = ?4 WHERE partition = ?1 AND row = ?2");
        _delete = connection.Prepare("DELETE FROM documents WHERE partition = ?1 AND row = ?2");
        _readLast = connection.Prepare("SELECT last FROM versions");
        _writeLast = connection.Prepare("UPDATE versions SET last = ?1");
    }

    /// <summary>Opens a file that was prepared.</summary>
    public static DocumentWriter Open(string path, SqliteSettings settings)
    {
        SqliteConnection connection = SqliteConnection.Open(path, settings.BusyTimeout);
        try
        {
            // FULL syncs the log at every commit: what was answered survives a power failure.
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute("PRAGMA journal_size_limit = 67108864");
            if (settings.MaximumPageCount is { } pages) connection.Execute($"PRAGMA max_page_count = {pages}");
            return new DocumentWriter(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Begins a transaction; waits for another process's.</summary>
    public void Begin()
    {
        _begin.Execute();
        try
        {
            if (!_readLast.Step()) throw new SqliteException(SQLitePCL.raw.SQLITE_CORRUPT, "the versions counter is gone");
            _storedLast = _last = _readLast.Integer(0);
        }
        finally
        {
            _readLast.Reset();
        }
    }

    /// <summary>Applies one commit to the transaction, or leaves it as it was when a change contradicts what is stored.</summary>
    public CommitResult Apply(string partition, IReadOnlyList<DocumentChange> changes)
    {
        // Rows of a commit are distinct, so all can be checked before the first is changed and no savepoint is needed.
        for (int index = 0; index < changes.Count; index++)
        {
            if (Contradiction(partition, changes[index]) is { } reason) return new CommitResult.Conflicted(index, reason);
        }

        var versions = new DocumentVersion?[changes.Count];
        for (int index = 0; index < changes.Count; index++) versions[index] = Write(partition, changes[index]);
        return new CommitResult.Committed(versions);
    }

    /// <summary>Ends the transaction; it is on disk when this returns.</summary>
    public void Commit()
    {
        if (_last != _storedLast) _writeLast.Bind(1, _last).Execute();
        _commit.Execute();
    }

    public void Dispose() => _connection.Dispose();

    private ConflictReason? Contradiction(string partition, DocumentChange change)
    {
        DocumentVersion? stored = Find(partition, change.Row);
        return change switch
        {
            DocumentChange.Insert => stored is null ? null : ConflictReason.Exists,
            DocumentChange.Replace replace => Compare(stored, replace.Version),
            DocumentChange.Delete delete => Compare(stored, delete.Version),
            _ => throw new ArgumentException("unknown kind of change", nameof(change)),
        };
    }

    private static ConflictReason? Compare(DocumentVersion? stored, DocumentVersion read) =>
        stored is null ? ConflictReason.Missing : stored == read ? null : ConflictReason.Stale;

    private DocumentVersion? Find(string partition, string row)
    {
        try
        {
            return _find.Bind(1, partition).Bind(2, row).Step() ? DocumentReader.VersionOf(_find.Integer(0)) : null;
        }
        finally
        {
            _find.Reset();
        }
    }

    private DocumentVersion? Write(string partition, DocumentChange change)
    {
        if (change is DocumentChange.Delete)
        {
            _delete.Bind(1, partition).Bind(2, change.Row).Execute();
            return null;
        }

        (SqliteStatement statement, ReadOnlyMemory<byte> body) = change switch
        {
            DocumentChange.Replace replace => (_replace, replace.Body),
            _ => (_insert, ((DocumentChange.Insert)change).Body),
        };
        _last++;
        statement.Bind(1, partition).Bind(2, change.Row).Bind(3, _last).Bind(4, body.Span).Execute();
        return DocumentReader.VersionOf(_last);
    }
}
