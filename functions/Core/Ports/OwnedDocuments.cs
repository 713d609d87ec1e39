using System.Text.Json.Serialization.Metadata;

namespace SshFunctions.Core.Ports;

/// <summary>Documents that belong to somebody: each lies under its identifier, and once more in its owner's list.</summary>
/// <remarks>Both rows of a document are always written in one commit.</remarks>
internal sealed class OwnedDocuments<T>(
    IStore store, string partition, string prefix, string listPrefix, JsonTypeInfo<T> type, Func<T, string> idOf, Func<T, string> ownerOf)
    where T : class
{
    public async Task<Stored<T>?> ReadAsync(string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(new DocumentKey(partition, RowOf(id)), type, cancellationToken);

    /// <summary>Those of an owner, or everybody's, by identifier; starts after the one named.</summary>
    public IAsyncEnumerable<T> ListAsync(string? owner, string? after, CancellationToken cancellationToken)
    {
        string start = owner is null ? prefix : ListPrefixOf(owner);
        return store.ReadAllAsync(partition, RowRange.StartingWith(start).After(after is null ? null : start + after), type, cancellationToken);
    }

    /// <summary>False when the identifier is taken.</summary>
    public async Task<bool> TryInsertAsync(T item, CancellationToken cancellationToken) =>
        await store.CommitAsync(partition, [.. InsertsOf(item)], cancellationToken) is CommitResult.Committed;

    /// <summary>Changes a document, adds another and takes away a third, if one is named, in one step; false when what was there is no longer as it was read.</summary>
    public async Task<bool> TryChangeAsync(Stored<T> before, T after, T added, Stored<T>? removed, CancellationToken cancellationToken)
    {
        if (await FindChangesAsync(before, after, cancellationToken) is not { } changes) return false;
        if (removed is not null)
        {
            StoredDocument? listed = await store.GetAsync(new DocumentKey(partition, ListRowOf(removed.Value)), cancellationToken);
            if (listed is null) return false;
            changes = [.. changes, new DocumentChange.Delete(RowOf(idOf(removed.Value)), removed.Version), new DocumentChange.Delete(listed.Key.Row, listed.Version)];
        }

        return await store.CommitAsync(partition, [.. changes, .. InsertsOf(added)], cancellationToken) is CommitResult.Committed;
    }

    /// <summary>Changes a document; false when it is no longer as it was read.</summary>
    public async Task<bool> TryReplaceAsync(Stored<T> before, T after, CancellationToken cancellationToken) =>
        await FindChangesAsync(before, after, cancellationToken) is { } changes
        && await store.CommitAsync(partition, changes, cancellationToken) is CommitResult.Committed;

    /// <summary>What changes a document, for a commit of the partition; null when it is gone.</summary>
    public async Task<DocumentChange[]?> FindChangesAsync(Stored<T> before, T after, CancellationToken cancellationToken)
    {
        StoredDocument? listed = await store.GetAsync(new DocumentKey(partition, ListRowOf(after)), cancellationToken);
        if (listed is null) return null;
        byte[] body = Json.Encode(after, type);
        return [new DocumentChange.Replace(RowOf(idOf(after)), body, before.Version), new DocumentChange.Replace(listed.Key.Row, body, listed.Version)];
    }

    /// <summary>False when it is gone already.</summary>
    public async Task<bool> TryRemoveAsync(T item, CancellationToken cancellationToken)
    {
        StoredDocument? stored = await store.GetAsync(new DocumentKey(partition, RowOf(idOf(item))), cancellationToken);
        StoredDocument? listed = await store.GetAsync(new DocumentKey(partition, ListRowOf(item)), cancellationToken);
        if (stored is null || listed is null) return false;
        DocumentChange[] changes =
            [new DocumentChange.Delete(stored.Key.Row, stored.Version), new DocumentChange.Delete(listed.Key.Row, listed.Version)];
        return await store.CommitAsync(partition, changes, cancellationToken) is CommitResult.Committed;
    }

    /// <summary>What adds a document, for a commit of the partition.</summary>
    public IEnumerable<DocumentChange> InsertsOf(T item)
    {
        byte[] body = Json.Encode(item, type);
        return [new DocumentChange.Insert(RowOf(idOf(item)), body), new DocumentChange.Insert(ListRowOf(item), body)];
    }

    private string RowOf(string id) => prefix + id;

    private string ListRowOf(T item) => ListPrefixOf(ownerOf(item)) + idOf(item);

    private string ListPrefixOf(string owner) => $"{listPrefix}{DocumentKey.ShortSegment(owner)}:";
}
