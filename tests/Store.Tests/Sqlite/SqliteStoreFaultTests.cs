using SshFunctions.Core.Ports;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Store.Tests.Sqlite;

public sealed class SqliteStoreFaultTests : IDisposable
{
    private const int TimeoutMilliseconds = 60_000;
    private const string Partition = "partition";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Commits_fail_while_another_process_has_the_file_locked_and_succeed_afterwards()
    {
        await using var store = SqliteStore.Open(_folder.StorePath, new SqliteSettings(TimeSpan.Zero));
        using var blocker = SqliteConnection.Open(_folder.StorePath, TimeSpan.Zero);
        blocker.Execute("BEGIN IMMEDIATE");

        StoreUnavailableException[] faults = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            number => Assert.ThrowsAsync<StoreUnavailableException>(() => InsertAsync(store, $"row-{number}"))));
        Assert.All(faults, fault => Assert.Contains("SQLite error 5 ", fault.Message, StringComparison.Ordinal));

        blocker.Execute("COMMIT");
        for (int number = 0; number < 8; number++) Assert.IsType<CommitResult.Committed>(await InsertAsync(store, $"row-{number}"));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_full_disk_fails_the_whole_commit_and_the_store_goes_on_when_there_is_room()
    {
        const int MaximumPageCount = 64;
        byte[] largeBody = new byte[40_000];
        await using var store = SqliteStore.Open(_folder.StorePath, SqliteSettings.Default with { MaximumPageCount = MaximumPageCount });
        var first = Assert.IsType<CommitResult.Committed>(await InsertAsync(store, "first", largeBody));

        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(
            Partition,
            [.. Enumerable.Range(0, 10).Select(number => new DocumentChange.Insert($"row-{number}", largeBody))],
            CancellationToken.None).AsTask());

        Assert.Contains("SQLite error 13 ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["first"], await RowsAsync(store));
        await store.CommitAsync(Partition, [new DocumentChange.Delete("first", first.Versions[0]!.Value)], CancellationToken.None);
        Assert.IsType<CommitResult.Committed>(await InsertAsync(store, "second", largeBody));
        Assert.Equal(["second"], await RowsAsync(store));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task A_damaged_page_fails_reads_and_commits_that_meet_it()
    {
        await using (var store = SqliteStore.Open(_folder.StorePath))
        {
            for (int number = 0; number < 50; number++) await InsertAsync(store, $"row-{number}", new byte[900]);
        }

        byte[] file = await File.ReadAllBytesAsync(_folder.StorePath);
        new Span<byte>(file)[4096..].Fill(0xee);
        await File.WriteAllBytesAsync(_folder.StorePath, file);

        await using var damaged = SqliteStore.Open(_folder.StorePath);
        var read = await Assert.ThrowsAsync<StoreUnavailableException>(() => RowsAsync(damaged));
        var commit = await Assert.ThrowsAsync<StoreUnavailableException>(() => InsertAsync(damaged, "new"));
        Assert.Contains("malformed", read.Message, StringComparison.Ordinal);
        Assert.Contains("malformed", commit.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Commits_fail_while_the_file_is_gone_or_another_is_in_its_place()
    {
        string aside = _folder.StorePath + ".aside";
        await using var store = SqliteStore.Open(_folder.StorePath);
        File.Move(_folder.StorePath, aside);

        var removed = await Assert.ThrowsAsync<StoreUnavailableException>(() => InsertAsync(store, "row"));
        Assert.Contains("was removed or replaced while it was open", removed.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.StorePath));

        File.Copy(aside, _folder.StorePath);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => InsertAsync(store, "row"));

        File.Move(aside, _folder.StorePath, overwrite: true);
        Assert.IsType<CommitResult.Committed>(await InsertAsync(store, "row"));
    }

    [Fact]
    public void Refuses_a_file_that_is_no_database()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.StorePath)!);
        File.WriteAllText(_folder.StorePath, new string('x', 5000));

        Assert.Contains("file is not a database", MustNotOpen(), StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), File.ReadAllText(_folder.StorePath));
    }

    [Fact]
    public void Refuses_a_database_of_another_program_and_leaves_it_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.StorePath)!);
        File.WriteAllBytes(_folder.StorePath, []);
        using (var other = SqliteConnection.Open(_folder.StorePath, TimeSpan.Zero)) other.Execute("CREATE TABLE theirs(x)");
        byte[] before = File.ReadAllBytes(_folder.StorePath);

        Assert.Contains("is an SQLite database of another program", MustNotOpen(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder.StorePath));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Refuses_the_file_of_a_later_version()
    {
        await SqliteStore.Open(_folder.StorePath).DisposeAsync();
        using (var later = SqliteConnection.Open(_folder.StorePath, TimeSpan.Zero)) later.Execute("PRAGMA user_version = 7");

        Assert.Contains("schema version 7, this program knows 1", MustNotOpen(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_path_that_is_a_folder()
    {
        Directory.CreateDirectory(_folder.StorePath);

        Assert.StartsWith($"can't open {_folder.StorePath}: ", MustNotOpen(), StringComparison.Ordinal);
    }

    private static Task<CommitResult> InsertAsync(SqliteStore store, string row, byte[]? body = null) =>
        store.CommitAsync(Partition, [new DocumentChange.Insert(row, body ?? "{}"u8.ToArray())], CancellationToken.None).AsTask();

    private static async Task<string[]> RowsAsync(SqliteStore store)
    {
        DocumentPage page = await store.ListAsync(Partition, RowRange.All, CancellationToken.None);
        return [.. page.Documents.Select(document => document.Key.Row)];
    }

    private string MustNotOpen() => Assert.Throws<StoreUnavailableException>(() => SqliteStore.Open(_folder.StorePath)).Message;
}
