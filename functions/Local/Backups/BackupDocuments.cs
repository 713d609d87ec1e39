using SshFunctions.Core.Ports;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Local.Backups;

/// <summary>The documents of a store that is being copied, to read.</summary>
internal sealed class BackupDocuments(DocumentReader reader) : IStore
{
    /// <inheritdoc/>
    public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken) => ValueTask.FromResult(reader.Get(key));

    /// <inheritdoc/>
    public ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken) =>
        ValueTask.FromResult(reader.List(partition, range));

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("a backup is not written to");
}
