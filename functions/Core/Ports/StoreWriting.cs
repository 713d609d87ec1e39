namespace SshFunctions.Core.Ports;

/// <summary>Commits of a single change.</summary>
internal static class StoreWriting
{
    /// <summary>Inserts, or replaces the version that was read; false when the store holds something else by now.</summary>
    public static async ValueTask<bool> TryPutAsync(
        this IStore store, DocumentKey key, byte[] body, DocumentVersion? version, CancellationToken cancellationToken)
    {
        DocumentChange change = version is { } read
            ? new DocumentChange.Replace(key.Row, body, read)
            : new DocumentChange.Insert(key.Row, body);
        return await store.CommitAsync(key.Partition, [change], cancellationToken) is CommitResult.Committed;
    }

    /// <summary>Deletes what is there; false when there is nothing or it changes meanwhile.</summary>
    public static async ValueTask<bool> TryDeleteAsync(this IStore store, DocumentKey key, CancellationToken cancellationToken)
    {
        StoredDocument? document = await store.GetAsync(key, cancellationToken);
        return document is not null
            && await store.CommitAsync(key.Partition, [new DocumentChange.Delete(key.Row, document.Version)], cancellationToken)
                is CommitResult.Committed;
    }
}
