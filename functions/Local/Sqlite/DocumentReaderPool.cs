using System.Collections.Concurrent;
using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Sqlite;

/// <summary>Readers that wait for work; one is opened when none waits, so a read never waits for another.</summary>
internal sealed class DocumentReaderPool(string path, SqliteSettings settings) : IDisposable
{
    private static readonly int MaximumIdleCount = Math.Max(4, Environment.ProcessorCount);

    private readonly ConcurrentBag<DocumentReader> _idle = [];
    private volatile bool _disposed;

    /// <summary>Reads with any reader. One that failed is closed, so that the next read starts afresh.</summary>
    /// <exception cref="StoreUnavailableException">SQLite refused.</exception>
    public T Read<T>(Func<DocumentReader, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SqliteStore));
        DocumentReader? reader = null;
        try
        {
            reader = _idle.TryTake(out DocumentReader? idle) ? idle : DocumentReader.Open(path, settings);
            T answer = read(reader);
            Return(reader);
            return answer;
        }
        catch (SqliteException exception)
        {
            reader?.Dispose();
            throw new StoreUnavailableException(exception.Message, exception);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out DocumentReader? reader)) reader.Dispose();
    }

    private void Return(DocumentReader reader)
    {
        if (_idle.Count >= MaximumIdleCount)
        {
            reader.Dispose();
            return;
        }

        _idle.Add(reader);
        // Whoever disposed the pool meanwhile may have missed this one.
        if (_disposed) Dispose();
    }
}
