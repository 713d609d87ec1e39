using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Sqlite;

/// <summary>The store in one SQLite file. Commits that wait share a transaction; reads run on their caller's thread and wait for no writer.</summary>
/// <remarks>Thread safe. Several processes may open one file; the broker doesn't, see <see cref="DataDirectory"/>.</remarks>
public sealed class SqliteStore : IStore, IAsyncDisposable
{
    private readonly DocumentReaderPool _readers;
    private readonly CommitThread _commits;

    private SqliteStore(DocumentReaderPool readers, CommitThread commits)
    {
        _readers = readers;
        _commits = commits;
    }

    /// <summary>Transactions that were committed; fewer than commits when callers share them.</summary>
    internal long TransactionCount => _commits.TransactionCount;

    /// <summary>Opens a store, and makes its file (mode 0600, in a folder of mode 0700) when it is absent.</summary>
    /// <param name="path">The file; SQLite keeps two more beside it while it is open.</param>
    /// <returns>The store; disposing it commits what waits and closes the file.</returns>
    /// <exception cref="StoreUnavailableException">The file can't be opened, is damaged, or is not of this program and version.</exception>
    public static SqliteStore Open(string path) => Open(path, SqliteSettings.Default);

    internal static SqliteStore Open(string path, SqliteSettings settings)
    {
        string fullPath = Path.GetFullPath(path);
        try
        {
            StoreFile file = StoreFile.Prepare(fullPath, settings);
            return new SqliteStore(new DocumentReaderPool(fullPath, settings), CommitThread.Start(file, settings));
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"can't open {fullPath}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_readers.Read(reader => reader.Get(key)));
    }

    /// <inheritdoc/>
    public ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken)
    {
        StoreLimits.CheckList(partition, range);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_readers.Read(reader => reader.List(partition, range)));
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(
        string partition,
        IReadOnlyList<DocumentChange> changes,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<DocumentChange> snapshot = StoreLimits.CheckCommit(partition, changes);
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<CommitResult>(_commits.CommitAsync(partition, snapshot, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Readers first: the writer is the one to fold the log into the file.
        _readers.Dispose();
        await _commits.DisposeAsync();
    }
}
