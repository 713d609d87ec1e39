using SshFunctions.Core.Ports;
using SshFunctions.Support.Store;

namespace SshFunctions.Store.Tests;

public sealed class InMemoryStoreTests : StoreContract
{
    private readonly InMemoryStore _store = new();

    protected override Task<IStore> OpenAsync() => Task.FromResult<IStore>(_store);

    [Fact(Timeout = 10_000)]
    public async Task A_failed_commit_does_not_happen_and_the_next_one_does()
    {
        _store.FailNextCommit();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => InsertAsync("row"));
        Assert.Null(await FindAsync("row"));

        Assert.IsType<CommitResult.Committed>(await InsertAsync("row"));
        Assert.Equal(1, _store.CommitCount);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_commit_whose_answer_is_lost_happened()
    {
        _store.LoseNextAnswer();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => InsertAsync("row"));

        Assert.NotNull(await FindAsync("row"));
    }

    [Fact(Timeout = 10_000)]
    public async Task A_held_commit_happens_when_it_is_released()
    {
        HeldCommit held = _store.HoldNextCommit();
        Task<CommitResult> commit = InsertAsync("row");
        await held.Reached;
        Assert.Null(await FindAsync("row"));

        held.Release();

        Assert.IsType<CommitResult.Committed>(await commit);
        Assert.NotNull(await FindAsync("row"));
    }

    [Fact(Timeout = 10_000)]
    public async Task A_held_commit_ends_with_its_callers_patience()
    {
        using var patience = new CancellationTokenSource();
        HeldCommit held = _store.HoldNextCommit();
        Task<CommitResult> commit = InsertAsync("row", patience.Token);
        await held.Reached;

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);
    }

    [Fact(Timeout = 10_000)]
    public async Task Nothing_can_be_done_while_it_is_away()
    {
        _store.IsAway = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => InsertAsync("row"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => FindAsync("row"));
        await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await _store.ListAsync(Partition, RowRange.All, CancellationToken.None));

        _store.IsAway = false;
        Assert.IsType<CommitResult.Committed>(await InsertAsync("row"));
    }

    private Task<CommitResult> InsertAsync(string row, CancellationToken cancellationToken = default) =>
        _store.CommitAsync(Partition, [new DocumentChange.Insert(row, "{}"u8.ToArray())], cancellationToken).AsTask();

    private Task<StoredDocument?> FindAsync(string row) => _store.GetAsync(new DocumentKey(Partition, row), CancellationToken.None).AsTask();
}
