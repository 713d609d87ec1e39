using SshFunctions.Core.Ports;
using Xunit;

namespace SshFunctions.Support.Store;

public abstract partial class StoreContract
{
    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Refuses_to_insert_where_a_document_is()
    {
        await InsertAsync("row", "first");

        await MustConflictAsync(0, ConflictReason.Exists, Insert("row", "second"));

        Assert.Equal("first", await ReadAsync("row"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Refuses_to_replace_or_delete_what_is_not_there()
    {
        DocumentVersion gone = await InsertAsync("gone");
        await MustCommitAsync(Delete("gone", gone));

        await MustConflictAsync(0, ConflictReason.Missing, Replace("gone", gone));
        await MustConflictAsync(0, ConflictReason.Missing, Delete("gone", gone));
        await MustConflictAsync(0, ConflictReason.Missing, Replace("never", gone));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Refuses_to_replace_or_delete_another_version_than_was_read()
    {
        DocumentVersion first = await InsertAsync("row", "1");
        await MustCommitAsync(Replace("row", first, "2"));

        await MustConflictAsync(0, ConflictReason.Stale, Replace("row", first, "lost"));
        await MustConflictAsync(0, ConflictReason.Stale, Delete("row", first));

        Assert.Equal("2", await ReadAsync("row"));
    }

    [Theory(Timeout = TimeoutMilliseconds)]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("not a version of any backend")]
    public async Task Takes_a_version_from_elsewhere_for_a_stale_one(string token)
    {
        await InsertAsync("row", "1");

        await MustConflictAsync(0, ConflictReason.Stale, Replace("row", new DocumentVersion(token), "lost"));
        await MustConflictAsync(0, ConflictReason.Stale, Delete("row", new DocumentVersion(token)));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Never_uses_a_version_again_after_a_delete_and_an_insert()
    {
        var seen = new HashSet<DocumentVersion>();
        for (int round = 0; round < 10; round++)
        {
            DocumentVersion version = await InsertAsync("row", "same");
            Assert.True(seen.Add(version), $"round {round} repeats version {version.Token}");
            await MustCommitAsync(Delete("row", version));
        }

        await InsertAsync("row", "same");
        foreach (DocumentVersion old in seen) await MustConflictAsync(0, ConflictReason.Stale, Delete("row", old));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Undoes_every_change_of_a_commit_when_the_last_one_conflicts()
    {
        IReadOnlyList<DocumentVersion?> old = await MustCommitAsync(Insert("a", "1"), Insert("b", "1"), Insert("z", "1"));

        await MustConflictAsync(
            3,
            ConflictReason.Exists,
            Insert("new", "2"),
            Replace("a", old[0]!.Value, "2"),
            Delete("b", old[1]!.Value),
            Insert("z", "2"));

        Assert.Equal(["a", "b", "z"], await RowsAsync(RowRange.All));
        Assert.Equal("1", await ReadAsync("a"));
        await MustCommitAsync(Replace("a", old[0]!.Value, "3"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Tells_the_first_of_several_conflicts()
    {
        DocumentVersion old = await InsertAsync("stale");
        await MustCommitAsync(Replace("stale", old));

        await MustConflictAsync(1, ConflictReason.Missing, Insert("fine"), Delete("missing", old), Replace("stale", old), Insert("stale2"));
        await MustConflictAsync(1, ConflictReason.Stale, Insert("fine"), Replace("stale", old), Delete("missing", old));
        await MustConflictAsync(0, ConflictReason.Exists, Insert("stale"), Delete("missing", old));
    }
}
