using SshFunctions.Core.Ports;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Store.Tests.Sqlite;

public sealed class SqliteStoreTests : IDisposable
{
    private const int TimeoutMilliseconds = 60_000;
    private const string Partition = "partition";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Finds_everything_again_after_it_was_closed_and_numbers_on()
    {
        DocumentVersion first;
        await using (var store = Open()) first = await InsertAsync(store, "a");
        await using (var store = Open())
        {
            Assert.Equal(first, (await FindAsync(store, "a"))!.Version);
            await store.CommitAsync(Partition, [new DocumentChange.Delete("a", first)], CancellationToken.None);
        }

        await using (var store = Open()) Assert.NotEqual(first, await InsertAsync(store, "a"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Sixty_four_callers_who_wait_share_a_transaction_or_two()
    {
        await using var store = Open();
        Task<DocumentVersion>[] commits;
        using (var blocker = SqliteConnection.Open(_folder.StorePath, TimeSpan.Zero))
        {
            blocker.Execute("BEGIN IMMEDIATE");
            commits = [.. Enumerable.Range(0, 64).Select(number => InsertAsync(store, $"row-{number}"))];
            blocker.Execute("COMMIT");
        }

        Assert.Equal(64, (await Task.WhenAll(commits)).Distinct().Count());
        Assert.InRange(store.TransactionCount, 1, 2);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Reads_do_not_wait_for_a_writer()
    {
        await using var store = Open();
        await InsertAsync(store, "row");
        using var blocker = SqliteConnection.Open(_folder.StorePath, TimeSpan.Zero);
        blocker.Execute("BEGIN IMMEDIATE");
        blocker.Execute("DELETE FROM documents");

        Assert.NotNull(await FindAsync(store, "row"));
        Assert.Single((await store.ListAsync(Partition, RowRange.All, CancellationToken.None)).Documents);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_caller_who_left_while_waiting_changes_nothing()
    {
        await using var store = Open();
        using var patience = new CancellationTokenSource();
        Task<DocumentVersion> left;
        Task<DocumentVersion> stayed;
        using (var blocker = SqliteConnection.Open(_folder.StorePath, TimeSpan.Zero))
        {
            blocker.Execute("BEGIN IMMEDIATE");
            left = InsertAsync(store, "left", patience.Token);
            stayed = InsertAsync(store, "stayed");
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
            blocker.Execute("COMMIT");
        }

        await stayed;
        Assert.Null(await FindAsync(store, "left"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Commits_what_waits_before_it_closes_and_takes_nothing_afterwards()
    {
        var store = Open();
        Task<DocumentVersion>[] commits = [.. Enumerable.Range(0, 200).Select(number => InsertAsync(store, $"row-{number}"))];
        await store.DisposeAsync();

        await Task.WhenAll(commits);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => InsertAsync(store, "late"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => FindAsync(store, "row-0"));
        await store.DisposeAsync();
        Assert.Equal(["store.db"], Directory.GetFiles(Path.GetDirectoryName(_folder.StorePath)!).Select(Path.GetFileName));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Its_files_are_the_owners_alone()
    {
        await using var store = Open();
        await InsertAsync(store, "row");
        string folder = Path.GetDirectoryName(_folder.StorePath)!;

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(3, Directory.GetFiles(folder).Length);
        Assert.All(
            Directory.GetFiles(folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    private static async Task<DocumentVersion> InsertAsync(SqliteStore store, string row, CancellationToken cancellationToken = default)
    {
        CommitResult result = await store.CommitAsync(Partition, [new DocumentChange.Insert(row, "{}"u8.ToArray())], cancellationToken);
        return Assert.IsType<CommitResult.Committed>(result).Versions[0]!.Value;
    }

    private static Task<StoredDocument?> FindAsync(SqliteStore store, string row) =>
        store.GetAsync(new DocumentKey(Partition, row), CancellationToken.None).AsTask();

    private SqliteStore Open() => SqliteStore.Open(_folder.StorePath);
}
