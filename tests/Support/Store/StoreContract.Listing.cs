using SshFunctions.Core.Ports;
using Xunit;

namespace SshFunctions.Support.Store;

public abstract partial class StoreContract
{
    // In ordinal order: symbols, digits, upper case, '^', '_', lower case, '|', '~'.
    private static readonly string[] OrdinalRows =
        ["!", "$1", "'", "+a", "-", "-a", ".", "0", "1", "10", "2", ":", "=", "@", "A", "AA", "Aa", "B", "Z", "^", "_", "a", "aA", "aa", "b", "z", "|", "~"];

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Lists_in_ordinal_order_whatever_order_rows_came_in()
    {
        string[] shuffled = [.. OrdinalRows.OrderBy(row => row.Length).ThenByDescending(row => row, StringComparer.Ordinal)];
        await MustCommitAsync([.. shuffled.Select(row => Insert(row))]);

        Assert.Equal(OrdinalRows, await RowsAsync(RowRange.All));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Lists_nothing_of_an_unknown_partition()
    {
        DocumentPage page = await Store.ListAsync(Partition + "-unknown", RowRange.All, CancellationToken.None);

        Assert.Empty(page.Documents);
        Assert.Null(page.Next);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Lists_nothing_of_a_neighbouring_partition()
    {
        await InsertAsync("here");
        await Store.CommitAsync(Partition + "0", [Insert("after")], CancellationToken.None);
        await Store.CommitAsync(Partition[..^1], [Insert("before-" + Partition)], CancellationToken.None);

        Assert.Equal(["here"], await RowsAsync(RowRange.All));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_range_includes_its_first_row_and_excludes_its_last()
    {
        await MustCommitAsync(Insert("a"), Insert("b"), Insert("c"), Insert("d"));

        Assert.Equal(["b", "c"], await RowsAsync(new RowRange("b", "d")));
        Assert.Equal(["a", "b"], await RowsAsync(new RowRange(null, "c")));
        Assert.Equal(["c", "d"], await RowsAsync(new RowRange("c", null)));
        Assert.Equal(["b"], await RowsAsync(new RowRange("aa", "bb")));
        Assert.Empty(await RowsAsync(new RowRange("b", "b")));
        Assert.Empty(await RowsAsync(new RowRange("d", "a")));
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData("key", new[] { "key", "key-1", "key.2", "key~" })]
    [InlineData("key~", new[] { "key~" })]
    [InlineData("K", new[] { "KEY" })]
    [InlineData("~", new[] { "~", "~~" })]
    [InlineData("absent", new string[0])]
    public async Task A_prefix_range_holds_what_starts_with_it_and_nothing_else(string prefix, string[] expected)
    {
        await MustCommitAsync([.. new[] { "KEY", "ke", "kez", "kf", "key", "key-1", "key.2", "key~", "~", "~~", "|" }.Select(row => Insert(row))]);

        Assert.Equal(expected, await RowsAsync(RowRange.StartingWith(prefix)));
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(28)]
    [InlineData(StoreLimits.MaximumPageCount)]
    public async Task Pages_of_any_size_add_up_to_the_range(int limit)
    {
        await MustCommitAsync([.. OrdinalRows.Select(row => Insert(row))]);

        Assert.Equal(OrdinalRows, await RowsAsync(RowRange.All.Take(limit)));
        Assert.Equal(OrdinalRows[7..11], await RowsAsync(new RowRange("0", ":").Take(limit)));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Lists_more_rows_than_a_page_or_a_commit_holds()
    {
        string[] rows = [.. Enumerable.Range(0, StoreLimits.MaximumPageCount + 150).Select(number => $"row-{number:D5}")];
        foreach (string[] chunk in rows.Chunk(StoreLimits.MaximumChangeCount)) await MustCommitAsync([.. chunk.Select(row => Insert(row))]);

        Assert.Equal(rows, await RowsAsync(RowRange.All));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Lists_bodies_that_are_large_together()
    {
        for (int number = 0; number < 12; number++) await InsertAsync($"row-{number:D2}", new string((char)('a' + number), MediumBodyBytes));

        List<StoredDocument> stored = await ListAllAsync(RowRange.All);

        Assert.Equal(12, stored.Count);
        Assert.All(stored, (document, number) => Assert.Equal(MediumBodyBytes, document.Body.Span.Count((byte)('a' + number))));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Continues_after_the_next_row_was_deleted()
    {
        await MustCommitAsync(Insert("a"), Insert("b"), Insert("c"));
        DocumentPage page = await Store.ListAsync(Partition, RowRange.All.Take(1), CancellationToken.None);
        StoredDocument? next = await Store.GetAsync(new DocumentKey(Partition, "b"), CancellationToken.None);
        await MustCommitAsync(Delete("b", next!.Version));

        Assert.Equal("a", Assert.Single(page.Documents).Key.Row);
        Assert.Equal(["c"], await RowsAsync(RowRange.All.Continue(page.Next!)));
    }
}
