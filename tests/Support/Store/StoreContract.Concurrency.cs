using System.Globalization;
using SshFunctions.Core.Ports;
using Xunit;

namespace SshFunctions.Support.Store;

public abstract partial class StoreContract
{
    /// <summary>Commits that may have happened twice, for nobody could tell of the first try: where faults lose answers.</summary>
    protected virtual int DoubtfulCount => 0;

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Eight_writers_of_one_counter_lose_no_increment()
    {
        const int WriterCount = 8;
        const int IncrementCount = 25;
        await InsertAsync("counter", "0");

        // Half of them come the other way.
        await Task.WhenAll(Enumerable.Range(0, WriterCount).Select(writer => Task.Run(async () =>
        {
            IStore store = writer % 2 == 0 ? Store : Neighbour;
            for (int done = 0; done < IncrementCount;) done += await TryIncrementAsync(store) ? 1 : 0;
        })));

        int counted = int.Parse((await ReadAsync("counter"))!, CultureInfo.InvariantCulture);
        Assert.InRange(counted, WriterCount * IncrementCount, (WriterCount * IncrementCount) + DoubtfulCount);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Of_many_inserts_of_one_row_exactly_one_happens()
    {
        CommitResult[] results = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(
            () => (number % 2 == 0 ? Store : Neighbour).CommitAsync(Partition, [Insert("row", $"{number}")], CancellationToken.None).AsTask())));

        int winner = Assert.Single(Enumerable.Range(0, results.Length), number => results[number] is CommitResult.Committed);
        Assert.Equal($"{winner}", await ReadAsync("row"));
        Assert.All(results.OfType<CommitResult.Conflicted>(), conflict => Assert.Equal(ConflictReason.Exists, conflict.Reason));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_conflict_does_not_disturb_commits_beside_it()
    {
        await InsertAsync("taken", "first");

        CommitResult[] results = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(
            () => CommitAsync(Insert($"own-{number:D2}"), Insert(number % 4 == 0 ? "taken" : $"free-{number:D2}")))));

        Assert.All(results, (result, number) => Assert.Equal(number % 4 == 0, result is CommitResult.Conflicted(1, ConflictReason.Exists)));
        Assert.Equal(61, (await RowsAsync(RowRange.All)).Length);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Reads_own_writes_at_once_by_every_way()
    {
        DocumentVersion version = await InsertAsync("row", "0");
        for (int number = 1; number <= 50; number++)
        {
            version = (await MustCommitAsync(Replace("row", version, $"{number}")))[0]!.Value;
            Assert.Equal($"{number}", await ReadAsync("row"));
            Assert.Equal($"{number}", await ReadAsync("row", Neighbour));
            Assert.Equal(version, Assert.Single(await ListAllAsync(RowRange.All, Neighbour)).Version);
        }
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_commit_whose_caller_had_left_already_does_not_happen()
    {
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.CommitAsync(Partition, [Insert("row")], left.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.GetAsync(new DocumentKey(Partition, "row"), left.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ListAsync(Partition, RowRange.All, left.Token));

        Assert.Null(await ReadAsync("row"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Does_not_see_what_happens_to_the_list_of_changes_after_the_call()
    {
        var changes = new List<DocumentChange> { Insert("row", "1") };
        Task<CommitResult> commit = Store.CommitAsync(Partition, changes, CancellationToken.None).AsTask();
        changes.Clear();

        Assert.IsType<CommitResult.Committed>(await commit);
        Assert.Equal("1", await ReadAsync("row"));
    }

    private async Task<bool> TryIncrementAsync(IStore store)
    {
        StoredDocument? read = await store.GetAsync(new DocumentKey(Partition, "counter"), CancellationToken.None);
        int next = int.Parse(read!.Body.Span, CultureInfo.InvariantCulture) + 1;
        CommitResult result = await store.CommitAsync(Partition, [Replace("counter", read.Version, $"{next}")], CancellationToken.None);
        if (result is CommitResult.Conflicted conflict) Assert.Equal(new CommitResult.Conflicted(0, ConflictReason.Stale), conflict);
        return result is CommitResult.Committed;
    }
}
