using System.Globalization;
using System.Text;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Memory;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Store.Tests.Memory;

/// <summary>What is remembered, for how long, and that it is never older than what was answered.</summary>
public sealed class CachedStoreTests
{
    private const string Partition = "grants";
    private readonly InMemoryStore _file = new();
    private readonly ManualClock _clock = new();
    private readonly CachedStore _store;

    public CachedStoreTests() => _store = new CachedStore(_file, _clock, 1024 * 1024, "journal:");

    [Fact(Timeout = 10_000)]
    public async Task What_was_read_is_not_read_again()
    {
        await InsertAsync(Partition, "here", "1");
        string?[] read = [await ReadAsync(Partition, "here"), await ReadAsync(Partition, "absent")];
        await ListAsync(Partition);

        _file.IsAway = true;

        Assert.Equal<string?[]>(read, [await ReadAsync(Partition, "here"), await ReadAsync(Partition, "absent")]);
        Assert.Equal(["here"], await ListAsync(Partition));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ReadAsync(Partition, "never-read"));
    }

    [Fact(Timeout = 10_000)]
    public async Task Of_some_partitions_nothing_is_remembered()
    {
        await InsertAsync("journal:1", "00001", "1");
        await ReadAsync("journal:1", "00001");
        await ListAsync("journal:1");

        _file.IsAway = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => ReadAsync("journal:1", "00001"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ListAsync("journal:1"));
    }

    [Fact(Timeout = 10_000)]
    public async Task What_a_commit_changes_is_read_again_and_what_lies_beside_it_is_not()
    {
        await InsertAsync(Partition, "changed", "1");
        await InsertAsync(Partition, "beside", "1");
        await ReadAsync(Partition, "changed");
        await ReadAsync(Partition, "beside");
        await ReadAsync(Partition, "new");
        await ListAsync(Partition);

        await ReplaceAsync(Partition, "changed", "2");
        await InsertAsync(Partition, "new", "3");

        Assert.Equal(("2", "3"), (await ReadAsync(Partition, "changed"), await ReadAsync(Partition, "new")));
        Assert.Equal(["beside", "changed", "new"], await ListAsync(Partition));
        _file.IsAway = true;
        Assert.Equal("1", await ReadAsync(Partition, "beside"));
    }

    [Fact(Timeout = 10_000)]
    public async Task While_a_commit_is_under_way_nothing_is_answered_from_memory_also_when_its_caller_went_away()
    {
        await InsertAsync(Partition, "row", "1");
        await ReadAsync(Partition, "row");
        using var patience = new CancellationTokenSource();
        HeldCommit held = _file.HoldNextCommit();
        Task<CommitResult> commit = _store.CommitAsync(Partition, [Insert("other", "2")], patience.Token).AsTask();
        await held.Reached;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);

        Assert.Null(await ReadAsync(Partition, "other"));
        _file.IsAway = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ReadAsync(Partition, "row"));
        _file.IsAway = false;

        held.Release();
        while (await ReadAsync(Partition, "other") is null) await Task.Yield();
    }

    [Fact(Timeout = 10_000)]
    public async Task A_commit_of_unknown_outcome_keeps_its_partition_from_being_remembered_for_a_minute()
    {
        await InsertAsync(Partition, "row", "1");
        _file.LoseNextAnswer();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => InsertAsync(Partition, "lost", "2"));
        Assert.Equal("2", await ReadAsync(Partition, "lost"));
        _file.IsAway = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ReadAsync(Partition, "lost"));
        _file.IsAway = false;

        _clock.Advance(TimeSpan.FromMinutes(1));
        await ReadAsync(Partition, "lost");

        _file.IsAway = true;
        Assert.Equal("2", await ReadAsync(Partition, "lost"));
    }

    [Fact(Timeout = 10_000)]
    public async Task More_than_it_may_take_is_forgotten_and_read_again()
    {
        var small = new CachedStore(_file, _clock, 4000);
        for (int row = 0; row < 105; row++) await InsertAsync(Partition, $"{row:D3}", $"{row}");
        for (int row = 0; row < 105; row++) Assert.Equal($"{row}", TextOf(await small.GetAsync(new DocumentKey(Partition, $"{row:D3}"), default)));

        _file.IsAway = true;

        int remembered = 0;
        for (int row = 0; row < 105; row++)
        {
            try
            {
                await small.GetAsync(new DocumentKey(Partition, $"{row:D3}"), default);
                remembered++;
            }
            catch (StoreUnavailableException)
            {
            }
        }

        Assert.InRange(remembered, 1, 10);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_reads_what_is_older_than_what_was_answered_before()
    {
        await InsertAsync(Partition, "count", "0");
        int answered = 0;
        using var ended = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                int least = Volatile.Read(ref answered);
                Assert.InRange(NumberOf(await ReadAsync(Partition, "count")), least, int.MaxValue);
                DocumentPage page = await _store.ListAsync(Partition, RowRange.All, default);
                Assert.InRange(NumberOf(TextOf(page.Documents[0])), least, int.MaxValue);
            }
        }))];

        for (int count = 1; count <= 3000; count++)
        {
            await ReplaceAsync(Partition, "count", $"{count}");
            Volatile.Write(ref answered, count);
        }

        await ended.CancelAsync();
        await Task.WhenAll(readers);
    }

    private static int NumberOf(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);

    private static DocumentChange.Insert Insert(string row, string body) => new(row, Encoding.UTF8.GetBytes(body));

    private static string? TextOf(StoredDocument? document) => document is null ? null : Encoding.UTF8.GetString(document.Body.Span);

    private async Task InsertAsync(string partition, string row, string body) =>
        Assert.IsType<CommitResult.Committed>(await _store.CommitAsync(partition, [Insert(row, body)], default));

    private async Task ReplaceAsync(string partition, string row, string body)
    {
        StoredDocument stored = (await _store.GetAsync(new DocumentKey(partition, row), default))!;
        Assert.IsType<CommitResult.Committed>(await _store.CommitAsync(partition, [new DocumentChange.Replace(row, Encoding.UTF8.GetBytes(body), stored.Version)], default));
    }

    private async Task<string?> ReadAsync(string partition, string row) => TextOf(await _store.GetAsync(new DocumentKey(partition, row), default));

    private async Task<string[]> ListAsync(string partition) =>
        [.. (await _store.ListAsync(partition, RowRange.All, default)).Documents.Select(document => document.Key.Row)];
}
