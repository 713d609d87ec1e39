using System.Text;
using SshFunctions.Core.Ports;
using Xunit;

namespace SshFunctions.Support.Store;

public abstract partial class StoreContract
{
    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Finds_no_document_where_none_was_put()
    {
        Assert.Null(await Store.GetAsync(new DocumentKey(Partition, "absent"), CancellationToken.None));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Reads_what_was_inserted_with_the_version_that_the_commit_told()
    {
        DocumentVersion version = await InsertAsync("row", """{"text":"äß漢🙂"}""");

        StoredDocument? document = await Store.GetAsync(new DocumentKey(Partition, "row"), CancellationToken.None);

        Assert.NotNull(document);
        Assert.Equal(new DocumentKey(Partition, "row"), document.Key);
        Assert.Equal(version, document.Version);
        Assert.Equal("""{"text":"äß漢🙂"}""", Encoding.UTF8.GetString(document.Body.Span));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_replace_puts_the_new_body_under_a_new_version()
    {
        DocumentVersion first = await InsertAsync("row", "1");

        DocumentVersion? second = (await MustCommitAsync(Replace("row", first, "2")))[0];

        Assert.NotEqual(first, second);
        Assert.Equal("2", await ReadAsync("row"));
        await MustCommitAsync(Replace("row", second!.Value, "3"));
        Assert.Equal("3", await ReadAsync("row"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_replace_by_the_same_body_is_a_new_version_too()
    {
        DocumentVersion first = await InsertAsync("row", "1");

        Assert.NotEqual(first, (await MustCommitAsync(Replace("row", first, "1")))[0]);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_delete_removes_the_document_and_has_no_version()
    {
        DocumentVersion version = await InsertAsync("row");

        Assert.Null(Assert.Single(await MustCommitAsync(Delete("row", version))));
        Assert.Null(await ReadAsync("row"));
        Assert.Empty(await RowsAsync(RowRange.All));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Applies_changes_of_every_kind_together_and_tells_versions_in_their_order()
    {
        IReadOnlyList<DocumentVersion?> old = await MustCommitAsync(Insert("replaced", "old"), Insert("deleted", "old"));

        IReadOnlyList<DocumentVersion?> told = await MustCommitAsync(
            Insert("inserted", "new"), Delete("deleted", old[1]!.Value), Replace("replaced", old[0]!.Value, "new"));

        Assert.Equal(["inserted", "replaced"], await RowsAsync(RowRange.All));
        Assert.Null(told[1]);
        List<StoredDocument> stored = await ListAllAsync(RowRange.All);
        Assert.Equal([stored[0].Version, stored[1].Version], [told[0]!.Value, told[2]!.Value]);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task The_same_row_lives_in_two_partitions_apart()
    {
        await InsertAsync("row", "here");
        string elsewhere = Partition + "-elsewhere";

        Assert.IsType<CommitResult.Committed>(await Store.CommitAsync(elsewhere, [Insert("row", "there")], CancellationToken.None));

        Assert.Equal("here", await ReadAsync("row"));
        StoredDocument? there = await Store.GetAsync(new DocumentKey(elsewhere, "row"), CancellationToken.None);
        Assert.Equal("there", Encoding.UTF8.GetString(there!.Body.Span));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Takes_rows_and_partitions_of_every_key_character_and_the_greatest_length()
    {
        const string Alphabet = "ABCXYZabcxyz0189-_.~!@$&'()*+,;=:|^";
        string longest = new('k', StoreLimits.MaximumKeyLength);
        string[] rows = [Alphabet, longest, "'", "''", ".", ".."];
        string[] partitions = [Partition + Alphabet, Partition.PadRight(StoreLimits.MaximumKeyLength, 'k'), Partition + "'"];
        foreach (string partition in partitions)
        {
            await Store.CommitAsync(partition, [.. rows.Select(row => Insert(row, row))], CancellationToken.None);
            foreach (string row in rows)
            {
                StoredDocument? stored = await Store.GetAsync(new DocumentKey(partition, row), CancellationToken.None);
                Assert.Equal(row, Encoding.UTF8.GetString(stored!.Body.Span));
            }

            DocumentPage page = await Store.ListAsync(partition, RowRange.All, CancellationToken.None);
            Assert.Equal(rows.Order(StringComparer.Ordinal), page.Documents.Select(document => document.Key.Row));
        }
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Keeps_empty_binary_and_largest_bodies_as_they_are()
    {
        byte[] everyByte = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        byte[] largest = new byte[StoreLimits.MaximumBodyBytes];
        new Span<byte>(largest).Fill((byte)'x');
        await MustCommitAsync(
            new DocumentChange.Insert("empty", default),
            new DocumentChange.Insert("every-byte", everyByte),
            new DocumentChange.Insert("largest", largest));

        List<StoredDocument> stored = await ListAllAsync(RowRange.All);

        Assert.Equal(0, stored[0].Body.Length);
        Assert.Equal(everyByte, stored[1].Body.ToArray());
        Assert.True(stored[2].Body.Span.SequenceEqual(largest));
    }
}
