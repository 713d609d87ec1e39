using System.Security.Cryptography;
using System.Text;
using SshFunctions.Azure.Storage;
using SshFunctions.Azure.Tables;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Azurite;

namespace SshFunctions.Store.Tests.Tables;

public sealed class TablesStoreTests
{
    private const int TimeoutMilliseconds = 60_000;
    private const string Partition = "test";
    private const string Json = "Content-Type: application/json\r\n";
    private const string Batch = "Content-Type: multipart/mixed; boundary=batchresponse_1\r\n";
    private static readonly DocumentKey Row = new(Partition, "row");

    /// <summary>Answers that are not those of a storage account to what was asked.</summary>
    public static TheoryData<string, string> OddReads => new()
    {
        { "no entity", Say("200 OK", Json + "ETag: W/\"datetime'2026'\"\r\n", "{}") },
        { "no JSON", Say("200 OK", "Content-Type: text/html\r\nETag: W/\"datetime'2026'\"\r\n", "<html>portal</html>") },
        { "an entity without an ETag", Say("200 OK", Json, Entity("row", 1, "eA==")) },
        { "another row", Say("200 OK", Json + "ETag: W/\"datetime'2026'\"\r\n", Entity("other", 1, "eA==")) },
        { "a body shorter than its size", Say("200 OK", Json + "ETag: W/\"datetime'2026'\"\r\n", Entity("row", 2, "eA==")) },
        { "a row that another program wrote", Say("200 OK", Json + "ETag: W/\"datetime'2026'\"\r\n", """{"PartitionKey":"test","RowKey":"row"}""") },
        { "a missing table", Say("404 Not Found", Json, """{"odata.error":{"code":"TableNotFound","message":{"value":""}}}""") },
        { "not found by something in between", Say("404 Not Found", "Content-Type: text/plain\r\n", "not found") },
        { "a redirection", Say("302 Found", "Location: https://example.com/\r\n", "") },
        { "a list of another partition", Say("200 OK", Json, """{"value":[{"odata.etag":"W/\"datetime'2026'\"","PartitionKey":"other","RowKey":"row","Trail":"+AAAAAAAAAAA","Size":0}]}""") },
    };

    public static TheoryData<string, string> OddCommits => new()
    {
        { "no parts", Say("202 Accepted", Batch, "") },
        { "as many failures as changes", Say("202 Accepted", Batch, Parts("409 Conflict", "409 Conflict", "409 Conflict")) },
        { "fewer answers than changes", Say("202 Accepted", Batch, Parts("204 No Content")) },
        { "a failure of no index", Say("202 Accepted", Batch, Parts("409 Conflict")) },
        { "an index beyond the changes", Say("202 Accepted", Batch, Parts("409 Conflict", body: """{"odata.error":{"code":"EntityAlreadyExists","message":{"value":"3:x"}}}""")) },
        { "a conflict that no insert meets", Say("202 Accepted", Batch, Parts("412 Precondition Failed", body: """{"odata.error":{"code":"UpdateConditionNotSatisfied","message":{"value":"1:x"}}}""")) },
        { "too large", Say("413 Payload Too Large", Json, """{"odata.error":{"code":"RequestBodyTooLarge","message":{"value":""}}}""") },
        { "success without parts", Say("200 OK", Json, "{}") },
    };

    [Theory(Timeout = TimeoutMilliseconds)]
    [MemberData(nameof(OddReads))]
    public async Task Takes_no_odd_answer_for_a_document_or_for_none(string what, string response)
    {
        await using FaultyStorage faulty = await StartAsync();
        TablesStore store = await OpenAsync(faulty);
        faulty.Plan(new StorageFault.Answer(response), new StorageFault.Answer(response));

        Exception? read = await Record.ExceptionAsync(async () => await store.GetAsync(Row, CancellationToken.None));
        Assert.True(read is StoreUnavailableException, what);
        Exception? list = await Record.ExceptionAsync(async () => await store.ListAsync(Partition, RowRange.All, CancellationToken.None));
        Assert.True(list is StoreUnavailableException, what);
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [MemberData(nameof(OddCommits))]
    public async Task Takes_no_odd_answer_for_the_outcome_of_a_commit(string what, string response)
    {
        await using FaultyStorage faulty = await StartAsync();
        TablesStore store = await OpenAsync(faulty);
        faulty.Plan(Enumerable.Repeat(new StorageFault.Answer(response), 20));
        DocumentChange[] changes = [new DocumentChange.Insert("a", "1"u8.ToArray()), new DocumentChange.Insert("b", "1"u8.ToArray())];

        Exception? thrown = await Record.ExceptionAsync(async () => await store.CommitAsync(Partition, changes, CancellationToken.None));
        Assert.True(thrown is StoreUnavailableException, what);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Fits_the_largest_commit_of_the_longest_keys_into_a_batch()
    {
        TablesStore store = await TestTables.OpenAsync((await AzuriteProcess.SharedAsync()).TakeAccount());
        byte[] body = RandomNumberGenerator.GetBytes(StoreLimits.MaximumCommitBytes / StoreLimits.MaximumChangeCount);
        string partition = new('&', StoreLimits.MaximumKeyLength);
        string[] rows = [.. Enumerable.Range(0, StoreLimits.MaximumChangeCount).Select(number => $"{number:D2}".PadRight(StoreLimits.MaximumKeyLength, '+'))];
        DocumentChange[] inserts = [.. rows.Select(row => new DocumentChange.Insert(row, body))];

        var inserted = Assert.IsType<CommitResult.Committed>(await store.CommitAsync(partition, inserts, CancellationToken.None));
        DocumentChange[] replaces = [.. rows.Select((row, number) => new DocumentChange.Replace(row, body, inserted.Versions[number]!.Value))];
        Assert.IsType<CommitResult.Committed>(await store.CommitAsync(partition, replaces, CancellationToken.None));
        DocumentPage page = await store.ListAsync(partition, RowRange.All.Take(3), CancellationToken.None);
        Assert.All(page.Documents, document => Assert.True(document.Body.Span.SequenceEqual(body)));
        Assert.Equal(rows[3..5], (await store.ListAsync(partition, RowRange.All.Take(2).Continue(page.Next!), CancellationToken.None)).Documents.Select(document => document.Key.Row));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Says_at_once_that_storage_refuses_the_key_and_never_says_the_key()
    {
        await using FaultyStorage faulty = await StartAsync();
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => TablesStore.OpenAsync(faulty.Url, StorageCredential.ForAccount(faulty.Url, key), CancellationToken.None));

        Assert.Contains("refuses the key", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key[..20], refused.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, faulty.RequestCount);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Sends_no_token_over_plain_http()
    {
        var identity = new StorageCredential.Token(new FixedTokenCredential());
        await Assert.ThrowsAsync<ArgumentException>(() => TablesStore.OpenAsync(new Uri("http://127.0.0.1:1/account"), identity, CancellationToken.None));
    }

    private static string Say(string status, string headers, string body) =>
        $"{status}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private static string Entity(string row, int size, string body) =>
        $$"""{"PartitionKey":"test","RowKey":"{{row}}","Trail":"+AAAAAAAAAAA","Size":{{size}},"B00":"{{body}}"}""";

    private static string Parts(params string[] statuses) => Parts(statuses, "");

    private static string Parts(string status, string body) => Parts([status], body);

    private static string Parts(string[] statuses, string body)
    {
        string parts = string.Concat(statuses.Select(status =>
            $"--changesetresponse_1\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 {status}\r\nETag: W/\"datetime'2026'\"\r\n\r\n{body}\r\n"));
        return $"--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n{parts}--changesetresponse_1--\r\n--batchresponse_1--\r\n";
    }

    private static async Task<FaultyStorage> StartAsync() => FaultyStorage.Start((await AzuriteProcess.SharedAsync()).TakeAccount().TablesUrl);

    // The making of the table is answered for the account, whose key nobody here has.
    private static Task<TablesStore> OpenAsync(FaultyStorage faulty)
    {
        faulty.Plan(new StorageFault.Answer("204 No Content\r\nContent-Length: 0\r\n\r\n"));
        StorageCredential credential = StorageCredential.ForAccount(faulty.Url, Convert.ToBase64String(new byte[64]));
        var hasty = new StorageOptions { Patience = new StoragePatience(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1)) };
        return TablesStore.OpenAsync(faulty.Url, credential, hasty, CancellationToken.None);
    }
}
