using SshFunctions.Core.Ports;
using Xunit;

namespace SshFunctions.Support.Store;

public abstract partial class StoreContract
{
    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Takes_as_many_changes_as_the_limit_says_and_no_more()
    {
        DocumentChange[] tooMany = [.. Enumerable.Range(0, StoreLimits.MaximumChangeCount + 1).Select(number => Insert($"row-{number:D3}"))];

        await MustRefuseAsync(tooMany);
        Assert.Equal(StoreLimits.MaximumChangeCount, (await MustCommitAsync(tooMany[..^1])).Count);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Refuses_a_commit_of_no_changes() => await MustRefuseAsync();

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Refuses_two_changes_of_one_row()
    {
        DocumentVersion version = await InsertAsync("kept");

        await MustRefuseAsync(Insert("row", "1"), Insert("row", "2"));
        await MustRefuseAsync(Delete("kept", version), Insert("kept", "2"));
        Assert.Equal(2, (await MustCommitAsync(Insert("row"), Insert("ROW"))).Count);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Refuses_a_body_beyond_the_limit()
    {
        DocumentVersion version = await InsertAsync("kept");
        byte[] tooLarge = new byte[StoreLimits.MaximumBodyBytes + 1];

        await MustRefuseAsync(new DocumentChange.Insert("row", tooLarge));
        await MustRefuseAsync(new DocumentChange.Replace("kept", tooLarge, version));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Refuses_bodies_that_are_beyond_the_limit_together_and_takes_them_at_it()
    {
        const int Count = 6;
        byte[] part = new byte[StoreLimits.MaximumCommitBytes / Count];
        DocumentChange[] atLimit = [.. Enumerable.Range(0, Count).Select(number => new DocumentChange.Insert($"row-{number}", part))];

        await MustRefuseAsync([.. atLimit, Insert("straw", new string('1', Count))]);
        Assert.Equal(Count, (await MustCommitAsync(atLimit)).Count);
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a%b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("ä")]
    public async Task Refuses_a_partition_that_is_no_key(string partition)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.CommitAsync(partition, [Insert("row")], CancellationToken.None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.ListAsync(partition, RowRange.All, CancellationToken.None));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Refuses_a_partition_longer_than_a_key()
    {
        string tooLong = new('k', StoreLimits.MaximumKeyLength + 1);

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.CommitAsync(tooLong, [Insert("row")], CancellationToken.None));
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(StoreLimits.MaximumPageCount + 1)]
    public async Task Refuses_a_page_size_beyond_the_limits(int limit)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(
            async () => await Store.ListAsync(Partition, RowRange.All.Take(limit), CancellationToken.None));
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData("", null)]
    [InlineData(null, "")]
    [InlineData("a b", null)]
    [InlineData(null, "ä")]
    public async Task Refuses_a_bound_outside_ascii_text(string? from, string? to)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(
            async () => await Store.ListAsync(Partition, new RowRange(from, to), CancellationToken.None));
    }

    private async Task MustRefuseAsync(params DocumentChange[] changes)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(changes));
        foreach (DocumentChange change in changes.OfType<DocumentChange.Insert>().Where(change => change.Row != "kept"))
            Assert.Null(await Store.GetAsync(new DocumentKey(Partition, change.Row), CancellationToken.None));
    }
}
