using SshFunctions.Azure.Tables;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Azurite;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>What lies in the table beside the documents: nobody sees it, and it goes.</summary>
public sealed class TablesStoreGuardTests : IAsyncLifetime
{
    private const int TimeoutMilliseconds = 60_000;
    private const string Partition = "test";
    private readonly LeapingClock _clock = new();
    private AzuriteAccount? _account;
    private TablesStore? _store;

    public async Task InitializeAsync()
    {
        _account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        _store = await TestTables.OpenAsync(_account, options: TestTables.Patient with { Clock = _clock });
    }

    public Task DisposeAsync() => _store!.DisposeAsync().AsTask();

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(StoreLimits.MaximumPageCount)]
    public async Task Lists_and_pages_show_documents_and_nothing_else(int limit)
    {
        string[] rows = ["!", "0", "a", "b", "row-1", "row-2", "~"];
        await Task.WhenAll(rows.Select(row => InsertAsync(Partition, row)));

        Assert.NotEmpty(await GuardsAsync());
        Assert.Equal(rows, await ListAsync(RowRange.All.Take(limit)));
        Assert.Equal(rows[..4], await ListAsync(new RowRange(null, "row").Take(limit)));
        Assert.Equal(rows[4..6], await ListAsync(RowRange.StartingWith("row").Take(limit)));
        DocumentPage page = await _store!.ListAsync(Partition, RowRange.All.Take(rows.Length - 1), CancellationToken.None);
        Assert.Equal(rows.Length - 1, page.Documents.Count);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task One_commit_after_the_other_needs_one_guard_and_many_at_once_leave_as_many_at_most()
    {
        for (int number = 0; number < 5; number++) await InsertAsync(Partition, $"row-{number}");
        Assert.Single(await GuardsAsync());

        for (int round = 0; round < 3; round++)
            await Task.WhenAll(Enumerable.Range(0, 8).Select(number => InsertAsync(Partition, $"row-{round}-{number}")));
        Assert.InRange((await GuardsAsync()).Count, 1, 8);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Takes_its_guards_away_when_it_is_closed()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => InsertAsync($"{Partition}-{number % 3}", $"row-{number}")));
        Assert.NotEmpty(await GuardsAsync());

        await _store!.DisposeAsync();

        Assert.Empty(await GuardsAsync());
        Assert.Equal(8, (await RawTable.RowsAsync(_account!)).Count);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Takes_guards_away_that_no_commit_used_for_a_while()
    {
        await InsertAsync("quiet", "row");
        string quiet = Assert.Single(await GuardsAsync());
        _clock.Leap(CommitGuards.Rest);

        await InsertAsync("busy", "row");

        while ((await GuardsAsync()).Contains(quiet))
        {
            // The store removes it in the background.
        }

        Assert.Single(await GuardsAsync());
        await InsertAsync("quiet", "another");
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Keeps_a_guard_whose_making_may_still_arrive_when_it_is_closed()
    {
        await using FaultyStorage faulty = FaultyStorage.Start(_account!.TablesUrl);
        TablesStore store = await TestTables.OpenAsync(_account, faulty.Url, TestTables.Patient with { Clock = _clock });
        faulty.Plan(new StorageFault.LoseAnswer());
        await store.CommitAsync(Partition, [new DocumentChange.Insert("row", default)], CancellationToken.None);

        await store.DisposeAsync();
        Assert.Single(await GuardsAsync());

        _clock.Leap(CommitGuards.Rest);
        await store.DisposeAsync();
        Assert.Empty(await GuardsAsync());
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Goes_on_when_somebody_took_its_guard_away()
    {
        await InsertAsync(Partition, "1");
        await RawTable.DeleteAsync(_account!, Partition, Assert.Single(await GuardsAsync()));

        await InsertAsync(Partition, "2");

        Assert.Equal(["1", "2"], await ListAsync(RowRange.All));
    }

    private async Task InsertAsync(string partition, string row) => Assert.IsType<CommitResult.Committed>(
        await _store!.CommitAsync(partition, [new DocumentChange.Insert(row, "1"u8.ToArray())], CancellationToken.None));

    private async Task<IReadOnlyList<string>> GuardsAsync() =>
        [.. (await RawTable.RowsAsync(_account!)).Where(row => !DocumentKey.IsPart(row))];

    private async Task<IReadOnlyList<string>> ListAsync(RowRange range)
    {
        var rows = new List<string>();
        while (true)
        {
            DocumentPage page = await _store!.ListAsync(Partition, range, CancellationToken.None);
            rows.AddRange(page.Documents.Select(document => document.Key.Row));
            if (page.Next is null) return rows;
            range = range.Continue(page.Next);
        }
    }

    /// <summary>The system's, ahead of itself where it measures; storage takes no signature of another date.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _ahead;

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _ahead);

        public void Leap(TimeSpan time) => Interlocked.Add(ref _ahead, (long)(time.TotalSeconds * TimestampFrequency));
    }
}
