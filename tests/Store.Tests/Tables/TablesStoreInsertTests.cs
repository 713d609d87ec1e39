using System.Text;
using SshFunctions.Azure.Tables;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Azurite;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>Commits of inserts alone, which nothing that is stored would keep from happening twice.</summary>
public sealed class TablesStoreInsertTests : IAsyncLifetime
{
    private const int TimeoutMilliseconds = 60_000;
    private const string Partition = "test";
    private AzuriteAccount? _account;
    private FaultyStorage? _faulty;
    private TablesStore? _store;
    private TablesStore? _neighbour;

    public async Task InitializeAsync()
    {
        _account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        _faulty = FaultyStorage.Start(_account.TablesUrl);
        _neighbour = await TestTables.OpenAsync(_account);
        _store = await TestTables.OpenAsync(_account, _faulty.Url);
    }

    public Task DisposeAsync() => _faulty!.DisposeAsync().AsTask();

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public async Task An_insert_whose_answer_is_lost_stays_deleted_when_another_deleted_it_before_the_next_try(int count, bool isSecond)
    {
        if (isSecond) await MustCommitAsync(_store!, Insert("earlier", "1"));
        string[] rows = [.. Enumerable.Range(0, count).Select(number => $"row-{number}")];
        _faulty!.Plan(new StorageFault.LoseAnswerAfter(() => DeleteAsync(rows)));

        IReadOnlyList<DocumentVersion?> versions = await MustCommitAsync(_store!, [.. rows.Select(row => Insert(row, "1"))]);

        foreach (string row in rows) Assert.Null(await ReadAsync(row));
        Assert.Equal(count, versions.Count);
        Assert.Equal(
            new CommitResult.Conflicted(0, ConflictReason.Missing),
            await CommitAsync(_store!, new DocumentChange.Replace(rows[0], "2"u8.ToArray(), versions[0]!.Value)));
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_insert_whose_answer_is_lost_leaves_alone_what_another_put_in_its_place(bool isMixed)
    {
        DocumentVersion beside = (await MustCommitAsync(_store!, Insert("beside", "1")))[0]!.Value;
        DocumentChange[] changes = [Insert("row", "mine"), new DocumentChange.Replace("beside", "2"u8.ToArray(), beside)];
        _faulty!.Plan(new StorageFault.LoseAnswerAfter(async () =>
        {
            await DeleteAsync("row");
            await MustCommitAsync(_neighbour!, Insert("row", "theirs"));
        }));

        await MustCommitAsync(_store!, isMixed ? changes : changes[..1]);

        Assert.Equal("theirs", await ReadAsync("row"));
        Assert.Equal(isMixed ? "2" : "1", await ReadAsync("beside"));
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_try_that_arrives_after_the_commit_was_undone_does_nothing(bool isSecond)
    {
        if (isSecond) await MustCommitAsync(_store!, Insert("earlier", "1"));
        var (when, done) = PlanLateTry();
        await MustCommitAsync(_store!, Insert("row", "1"));
        await DeleteAsync("row");

        when.SetResult();
        await done.Task;

        Assert.Null(await ReadAsync("row"));
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_try_that_arrives_after_a_conflict_was_told_does_nothing(bool isSecond)
    {
        if (isSecond) await MustCommitAsync(_store!, Insert("earlier", "1"));
        await MustCommitAsync(_neighbour!, Insert("row", "theirs"));
        var (when, done) = PlanLateTry();
        Assert.Equal(new CommitResult.Conflicted(1, ConflictReason.Exists), await CommitAsync(_store!, Insert("other", "1"), Insert("row", "mine")));
        await DeleteAsync("row");

        when.SetResult();
        await done.Task;

        Assert.Null(await ReadAsync("row"));
        Assert.Null(await ReadAsync("other"));
        await MustCommitAsync(_store!, Insert("row", "again"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_try_that_arrives_before_a_conflict_is_told_has_decided()
    {
        await MustCommitAsync(_neighbour!, Insert("row", "theirs"));
        var (when, done) = PlanLateTry();
        _faulty!.Plan(new StorageFault.LoseAnswerAfter(async () =>
        {
            await DeleteAsync("row");
            when.SetResult();
            await done.Task;
        }));

        await MustCommitAsync(_store!, Insert("row", "mine"));

        Assert.Equal("mine", await ReadAsync("row"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_conflict_is_told_also_when_the_answer_to_its_end_is_lost()
    {
        await MustCommitAsync(_neighbour!, Insert("row", "theirs"));
        _faulty!.Plan(new StorageFault.CutRequest(), new StorageFault.None(), new StorageFault.LoseAnswer());

        Assert.Equal(new CommitResult.Conflicted(0, ConflictReason.Exists), await CommitAsync(_store!, Insert("row", "mine")));
        await MustCommitAsync(_store!, Insert("other", "1"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_commit_that_may_yet_happen_is_unavailable_and_not_a_conflict()
    {
        DocumentVersion beside = (await MustCommitAsync(_store!, Insert("beside", "1")))[0]!.Value;
        await MustCommitAsync(_neighbour!, Insert("row", "theirs"));
        _faulty!.Plan(new StorageFault.CutRequest());

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => CommitAsync(_store!, Insert("row", "mine"), new DocumentChange.Replace("beside", "2"u8.ToArray(), beside)));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task An_insert_that_stays_needs_nothing_beside_it_and_is_found_when_its_answer_is_lost()
    {
        _faulty!.Plan(new StorageFault.LoseAnswer());
        await MustCommitAsync(_store!, Insert("row", "1") with { Stays = true });
        _faulty.Plan(new StorageFault.CutAnswer());
        await MustCommitAsync(_store!, Insert("a", "1") with { Stays = true }, Insert("b", "1") with { Stays = true });
        _faulty.Plan(new StorageFault.CutRequest());
        Assert.Equal(new CommitResult.Conflicted(0, ConflictReason.Exists), await CommitAsync(_store!, Insert("row", "2") with { Stays = true }));

        Assert.Equal(["a", "b", "row"], await RawTable.RowsAsync(_account!));
    }

    private static DocumentChange.Insert Insert(string row, string body) => new(row, Encoding.UTF8.GetBytes(body));

    private static Task<CommitResult> CommitAsync(IStore store, params DocumentChange[] changes) =>
        store.CommitAsync(Partition, changes, CancellationToken.None).AsTask();

    private static async Task<IReadOnlyList<DocumentVersion?>> MustCommitAsync(IStore store, params DocumentChange[] changes) =>
        Assert.IsType<CommitResult.Committed>(await CommitAsync(store, changes)).Versions;

    private (TaskCompletionSource When, TaskCompletionSource Done) PlanLateTry()
    {
        var when = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _faulty!.Plan(new StorageFault.ArriveLate(when.Task, done));
        return (when, done);
    }

    private async Task DeleteAsync(params string[] rows)
    {
        foreach (string row in rows)
        {
            StoredDocument? stored = await _neighbour!.GetAsync(new DocumentKey(Partition, row), CancellationToken.None);
            await MustCommitAsync(_neighbour, new DocumentChange.Delete(row, stored!.Version));
        }
    }

    private async Task<string?> ReadAsync(string row) =>
        await _neighbour!.GetAsync(new DocumentKey(Partition, row), CancellationToken.None) is { } document ? Encoding.UTF8.GetString(document.Body.Span) : null;
}
