using System.Globalization;
using System.Text;
using SshFunctions.Azure.Storage;
using SshFunctions.Azure.Tables;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Azurite;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>One fault at a time, and many at once.</summary>
public sealed class TablesStoreFaultTests : IAsyncLifetime
{
    private const int TimeoutMilliseconds = 60_000;
    private const string Partition = "test";
    private static readonly StoragePatience Hasty = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(900));
    private readonly DocumentKey _row = new(Partition, "row");
    private AzuriteAccount? _account;
    private FaultyStorage? _faulty;
    private TablesStore? _store;
    private TablesStore? _neighbour;

    public static TheoryData<string, StorageFault> LostAnswers => new()
    {
        { "the connection breaks before the answer", new StorageFault.LoseAnswer() },
        { "the connection breaks in the answer", new StorageFault.CutAnswer() },
        { "storage says that it ran out of time", new StorageFault.FailAfterwards() },
    };

    public async Task InitializeAsync()
    {
        _account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        _faulty = FaultyStorage.Start(_account.TablesUrl);
        _neighbour = await TestTables.OpenAsync(_account);
        _store = await TestTables.OpenAsync(_account, _faulty.Url);
        // A connection that was used before is the one that clients send again on by themselves.
        await _store.GetAsync(_row, CancellationToken.None);
    }

    public Task DisposeAsync() => _faulty!.DisposeAsync().AsTask();

    [Theory(Timeout = TimeoutMilliseconds)]
    [MemberData(nameof(LostAnswers))]
    public async Task A_commit_whose_answer_was_lost_is_told_as_committed_with_versions_to_go_on_with(string what, StorageFault fault)
    {
        _faulty!.Plan(fault);
        DocumentVersion inserted = (await MustCommitAsync(_store!, Insert("row", what)))[0]!.Value;
        _faulty.Plan(fault);
        DocumentVersion replaced = (await MustCommitAsync(_store!, Replace("row", inserted, "2")))[0]!.Value;
        _faulty.Plan(fault);
        IReadOnlyList<DocumentVersion?> several = await MustCommitAsync(_store!, Insert("a", "1"), Replace("row", replaced, "3"), Insert("b", "1"));
        await MustCommitAsync(_store!, Replace("a", several[0]!.Value, "2"), Delete("b", several[2]!.Value), Replace("row", several[1]!.Value, "4"));

        Assert.Equal("4", await ReadAsync("row"));
        // The table's making, and one write for each commit: nothing happened twice.
        Assert.Equal(4, _faulty.WriteCount);
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [MemberData(nameof(LostAnswers))]
    public async Task A_delete_whose_answer_was_lost_is_never_guessed(string what, StorageFault fault)
    {
        DocumentVersion version = (await MustCommitAsync(_store!, Insert("row", what)))[0]!.Value;
        int before = _faulty!.RequestCount;
        _faulty.Plan(fault);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(_store!, Delete("row", version)));

        Assert.Null(await ReadAsync("row"));
        // The delete, the delete again, a look at the row: nothing below sends a request a second time unseen.
        Assert.Equal(3, _faulty.RequestCount - before);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_delete_that_did_not_arrive_is_made_again()
    {
        DocumentVersion version = (await MustCommitAsync(_store!, Insert("row", "1")))[0]!.Value;
        _faulty!.Plan(new StorageFault.CutRequest());
        await MustCommitAsync(_store!, Delete("row", version));
        Assert.Null(await ReadAsync("row"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_commit_whose_answer_was_lost_is_found_under_those_that_came_after()
    {
        DocumentVersion inserted = (await MustCommitAsync(_store!, Insert("row", "1")))[0]!.Value;
        _faulty!.Plan(new StorageFault.LoseAnswerAfter(async () =>
        {
            for (int number = 0; number < 10; number++)
                await MustCommitAsync(_neighbour!, Replace("row", (await _neighbour!.GetAsync(_row, CancellationToken.None))!.Version, $"later {number}"));
        }));

        DocumentVersion lost = (await MustCommitAsync(_store!, Replace("row", inserted, "2")))[0]!.Value;

        Assert.Equal("later 9", await ReadAsync("row"));
        Assert.Equal(new CommitResult.Conflicted(0, ConflictReason.Stale), await CommitAsync(_store!, Replace("row", lost, "lost")));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_commit_that_others_buried_is_unavailable_and_not_a_conflict()
    {
        DocumentVersion inserted = (await MustCommitAsync(_store!, Insert("row", "1")))[0]!.Value;
        _faulty!.Plan(new StorageFault.LoseAnswerAfter(async () =>
        {
            for (int number = 0; number < 20; number++)
                await MustCommitAsync(_neighbour!, Replace("row", (await _neighbour!.GetAsync(_row, CancellationToken.None))!.Version, "later"));
        }));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(_store!, Replace("row", inserted, "2")));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Of_two_writers_of_one_version_the_one_who_lost_is_told_so_though_its_request_broke()
    {
        DocumentVersion inserted = (await MustCommitAsync(_store!, Insert("row", "1")))[0]!.Value;
        await MustCommitAsync(_neighbour!, Replace("row", inserted, "2"));
        _faulty!.Plan(new StorageFault.CutRequest());
        Assert.Equal(new CommitResult.Conflicted(0, ConflictReason.Stale), await CommitAsync(_store!, Replace("row", inserted, "lost")));
        _faulty.Plan(new StorageFault.CutRequest());
        Assert.Equal(new CommitResult.Conflicted(0, ConflictReason.Exists), await CommitAsync(_store!, Insert("row", "lost")));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Of_many_commits_through_faults_none_that_was_told_is_lost_and_none_happens_twice()
    {
        const int WorkerCount = 8;
        const int RowCount = 6;
        const int ReplaceCount = 3;
        await using var faulty = FaultyStorage.Start(_account!.TablesUrl, seed: 7, share: 0.3);
        TablesStore store = await TestTables.OpenAsync(_account, faulty.Url);
        int made = faulty.WriteCount;

        await Task.WhenAll(Enumerable.Range(0, WorkerCount).Select(worker => Task.Run(async () =>
        {
            for (int row = 0; row < RowCount; row++)
            {
                DocumentChange[] inserts = [Insert($"{worker}-{row}", "0"), Insert($"{worker}-{row}-beside", "0")];
                DocumentVersion version = (await MustCommitAsync(store, inserts[..(1 + (row % 2))]))[0]!.Value;
                for (int number = 1; number <= ReplaceCount; number++)
                    version = (await MustCommitAsync(store, Replace($"{worker}-{row}", version, $"{number}")))[0]!.Value;
            }
        })));

        Assert.True(faulty.FaultCount > 50, "too few faults to tell anything");
        Assert.Equal(WorkerCount * RowCount * (1 + ReplaceCount), faulty.WriteCount - made);
        for (int row = 0; row < WorkerCount * RowCount; row++)
            Assert.Equal(ReplaceCount.ToString(CultureInfo.InvariantCulture), await ReadAsync($"{row / RowCount}-{row % RowCount}"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Waits_as_long_as_busy_storage_says_and_says_so_itself_where_that_is_too_long()
    {
        _faulty!.Plan(new StorageFault.Busy(1));
        long begun = TimeProvider.System.GetTimestamp();
        await MustCommitAsync(_store!, Insert("row", "1"));
        Assert.True(TimeProvider.System.GetElapsedTime(begun) >= TimeSpan.FromSeconds(0.9), "asked again too early");

        int before = _faulty.RequestCount;
        _faulty.Plan(new StorageFault.Busy(60));
        var told = await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(_store!, Insert("other", "1")));
        Assert.Equal(TimeSpan.FromSeconds(60), told.RetryAfter);
        Assert.Equal(1, _faulty.RequestCount - before);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Is_unavailable_in_bounded_time_while_storage_hangs_and_works_again_afterwards()
    {
        TablesStore store = await TestTables.OpenAsync(_account!, _faulty!.Url, new StorageOptions { Patience = Hasty });
        _faulty.Plan(Enumerable.Repeat<StorageFault>(new StorageFault.Hang(), 2));
        long begun = TimeProvider.System.GetTimestamp();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(store, Insert("row", "1")));

        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, Hasty.Call * 5);
        await MustCommitAsync(_store!, Insert("row", "1"));
        Assert.InRange(StoragePatience.Default.Call, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Is_unavailable_while_nothing_listens_and_finds_its_documents_again_afterwards()
    {
        using var folder = new TemporaryFolder();
        await using AzuriteProcess azurite =
            await AzuriteProcess.StartAsync(new AzuriteOptions { Services = AzuriteServices.Tables, Folder = folder.Path });
        AzuriteAccount account = azurite.TakeAccount();
        var hasty = new StorageOptions { Patience = Hasty };
        TablesStore store = await TestTables.OpenAsync(account);
        TablesStore hastyStore = await TestTables.OpenAsync(account, options: hasty);
        await MustCommitAsync(store, Insert("row", "1"));
        await azurite.StopAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(hastyStore, Insert("other", "1")));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await hastyStore.GetAsync(_row, CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => TestTables.OpenAsync(account, options: hasty));
        await azurite.StartAgainAsync();
        Assert.NotNull(await store.GetAsync(_row, CancellationToken.None));
        await MustCommitAsync(store, Insert("other", "1"));
        await TestTables.OpenAsync(account);
    }

    private static DocumentChange.Insert Insert(string row, string body) => new(row, Encoding.UTF8.GetBytes(body));

    private static DocumentChange.Replace Replace(string row, DocumentVersion version, string body) =>
        new(row, Encoding.UTF8.GetBytes(body), version);

    private static DocumentChange.Delete Delete(string row, DocumentVersion version) => new(row, version);

    private static Task<CommitResult> CommitAsync(IStore store, params DocumentChange[] changes) =>
        store.CommitAsync(Partition, changes, CancellationToken.None).AsTask();

    private static async Task<IReadOnlyList<DocumentVersion?>> MustCommitAsync(IStore store, params DocumentChange[] changes) =>
        Assert.IsType<CommitResult.Committed>(await CommitAsync(store, changes)).Versions;

    private async Task<string?> ReadAsync(string row) =>
        await _neighbour!.GetAsync(new DocumentKey(Partition, row), CancellationToken.None) is { } document ? Encoding.UTF8.GetString(document.Body.Span) : null;
}
