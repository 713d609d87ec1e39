using System.Text.Json;
using SshFunctions.Azure.Storage;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

/// <summary>The store in a table of Azure Storage; every broker that opens it shares it.</summary>
/// <remarks>
/// A commit of one change is one request, of several one entity group transaction. A call takes at most 10 s with every retry. Azurite
/// differs from the service where it matters here: it takes a batch over two partitions, which no commit can ask for; it refuses to
/// replace an entity whose JSON is over 1 MiB, which the service measures decoded, so a replace by the largest body is for the service alone.
/// A commit of inserts alone, none of which stays, is a transaction with a <see cref="CommitGuard"/>.
/// </remarks>
public sealed partial class TablesStore : IStore, IAsyncDisposable
{
    /// <summary>The table's name unless another is asked for.</summary>
    public const string DefaultTable = "sshfn";

    private readonly StorageClient _client;
    private readonly TableRequests _requests;
    private readonly TimeProvider _clock;
    private readonly CommitGuards _guards;

    private TablesStore(StorageClient client, TableRequests requests, TimeProvider clock)
    {
        _client = client;
        _requests = requests;
        _clock = clock;
        _guards = new CommitGuards(clock);
    }

    /// <summary>Opens the store; the table is made if it is not there.</summary>
    /// <param name="tablesUrl">Where the account's tables are served.</param>
    /// <param name="credential">How requests are signed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">Storage is away, or refuses the credential.</exception>
    /// <exception cref="ArgumentException">An identity's token would go over plain HTTP.</exception>
    public static Task<TablesStore> OpenAsync(Uri tablesUrl, StorageCredential credential, CancellationToken cancellationToken) =>
        OpenAsync(tablesUrl, credential, StorageOptions.Default, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken)
    {
        using StorageCall call = _client.Begin(cancellationToken);
        return (await ReadAsync(call, key))?.ToDocument();
    }

    /// <inheritdoc/>
    public async ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken)
    {
        StoreLimits.CheckList(partition, range);
        using StorageCall call = _client.Begin(cancellationToken);
        (string Partition, string? Row)? continuation = null;
        while (true)
        {
            StorageAnswer answer = await call.SendAsync(request => _requests.Query(request, partition, range, continuation));
            if (answer.Status != 200) throw answer.Unexpected("a listing");
            List<TableEntity> entities = ReadPage(answer, partition, range);
            continuation = answer.Continuation;
            // Storage may answer an empty page and a place to go on.
            if (entities.Count > 0 || continuation is null)
                return new DocumentPage([.. entities.Select(entity => entity.ToDocument())], continuation is null ? null : After(entities[^1].Key.Row));
        }
    }

    internal static async Task<TablesStore> OpenAsync(
        Uri tablesUrl, StorageCredential credential, StorageOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tablesUrl);
        var client = new StorageClient(
            StoragePipeline.Build(tablesUrl, credential, key => new TablesKeyPolicy(key, options.Clock), options), options);
        var requests = new TableRequests(new TableAddress(tablesUrl, DefaultTable));
        using StorageCall call = client.Begin(cancellationToken);
        StorageAnswer answer = await call.SendAsync(request => requests.Create(request, DefaultTable));
        if (!answer.IsSuccess && answer is not { Status: 409, Code: "TableAlreadyExists" }) throw answer.Unexpected("the making of its table");
        return new TablesStore(client, requests, options.Clock);
    }

    private static List<TableEntity> ReadPage(StorageAnswer answer, string partition, RowRange range)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.Body);
            List<TableEntity> entities = [.. document.RootElement.GetProperty("value").EnumerateArray().Select(entity => EntityJson.Read(entity, null))];
            bool isAsked = entities.Count <= range.Limit && entities.TrueForAll(entity => entity.Key.Partition == partition && Holds(range, entity.Key.Row))
                && entities.Zip(entities.Skip(1)).All(pair => string.CompareOrdinal(pair.First.Key.Row, pair.Second.Key.Row) < 0);
            return isAsked ? entities : throw new FormatException("entities that were not asked for, or out of order");
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StoreUnavailableException("storage answered a listing with something else", malformed);
        }
    }

    private static bool Holds(RowRange range, string row) =>
        (range.From is null || string.CompareOrdinal(row, range.From) >= 0) && (range.To is null || string.CompareOrdinal(row, range.To) < 0);

    // '!' is the first of the key alphabet, so nothing lies between a row and the row with it appended; nor, where that is no key any
    // more, between the longest row and the one whose last character is the next.
    private static string After(string row) =>
        row.Length < StoreLimits.MaximumKeyLength ? row + "!" : row[..^1] + (char)(row[^1] + 1);

    private Task<TableEntity?> ReadAsync(StorageCall call, DocumentKey key) => ReadAsync<TableEntity?>(call, key.Partition, key.Row, (json, etag) =>
    {
        var entity = EntityJson.Read(json, etag);
        return entity.Key == key ? entity : throw new FormatException("another entity than was asked for");
    });

    private Task<EntityVersion?> ReadGuardAsync(StorageCall call, CommitGuard guard) =>
        ReadAsync<EntityVersion?>(call, guard.Partition, guard.Row, (json, etag) => EntityJson.ReadVersion(json, etag));

    private async Task<T?> ReadAsync<T>(StorageCall call, string partition, string row, Func<JsonElement, string, T> read)
    {
        StorageAnswer answer = await call.SendAsync(request => _requests.Get(request, partition, row));
        if (answer.IsAbsent()) return default;
        if (answer.Status != 200 || answer.ETag is null) throw answer.Unexpected("a read");
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.Body);
            return read(document.RootElement, answer.ETag);
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException)
        {
            throw new StoreUnavailableException("storage answered a read with something else", malformed);
        }
    }
}
