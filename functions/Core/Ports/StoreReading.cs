using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace SshFunctions.Core.Ports;

/// <summary>Reads documents as domain objects.</summary>
internal static class StoreReading
{
    public static async ValueTask<Stored<T>?> ReadAsync<T>(
        this IStore store, DocumentKey key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        StoredDocument? document = await store.GetAsync(key, cancellationToken);
        return document is null ? null : new Stored<T>(document.Decode(type), document.Key.Row, document.Version);
    }

    public static async IAsyncEnumerable<T> ReadAllAsync<T>(
        this IStore store,
        string partition,
        RowRange range,
        JsonTypeInfo<T> type,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            DocumentPage page = await store.ListAsync(partition, range, cancellationToken);
            foreach (StoredDocument document in page.Documents) yield return document.Decode(type);
            if (page.Next is null) yield break;
            range = range.Continue(page.Next);
        }
    }

    /// <summary>The same at once: for ranges of which a decision reads many, each with a document or none.</summary>
    public static async Task<IReadOnlyList<T>> ReadListAsync<T>(
        this IStore store, string partition, RowRange range, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        List<T>? found = null;
        for (RowRange? rest = range; rest is { } asked;)
        {
            DocumentPage page = await store.ListAsync(partition, asked, cancellationToken);
            foreach (StoredDocument document in page.Documents) (found ??= []).Add(document.Decode(type));
            rest = page.Next is null ? null : asked.Continue(page.Next);
        }

        return found ?? (IReadOnlyList<T>)[];
    }
}
