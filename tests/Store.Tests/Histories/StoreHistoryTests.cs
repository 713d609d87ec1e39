using SshFunctions.Azure.Tables;
using SshFunctions.Local.Memory;
using SshFunctions.Local.Sqlite;
using SshFunctions.Store.Tests.Tables;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Proofs.Histories;
using SshFunctions.Support.Store;

namespace SshFunctions.Store.Tests.Histories;

/// <summary>Real runs of every store, with many clients at once: some order of the calls explains every answer.</summary>
[Trait("Proof", "concurrency")]
public sealed class StoreHistoryTests
{
    private const int Patience = 600_000;
    private const int Seed = 20_261_122;

    [Fact(Timeout = Patience)]
    public async Task The_store_in_memory_is_linearizable()
    {
        var store = new InMemoryStore();
        await new HistoryRun("store in memory", _ => store).ProveAsync(clientCount: 8, LongRuns.Count(2000, 200_000), Seed);
    }

    [Fact(Timeout = Patience)]
    public async Task SQLite_is_linearizable_by_two_stores_on_one_file()
    {
        using var folder = new TemporaryFolder();
        await using var one = SqliteStore.Open(folder.StorePath);
        await using var other = SqliteStore.Open(folder.StorePath);
        await new HistoryRun("SQLite, two stores on one file", client => client % 2 == 0 ? one : other).ProveAsync(clientCount: 8, LongRuns.Count(1200, 100_000), Seed);
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_remembered_of_SQLite_is_linearizable()
    {
        using var folder = new TemporaryFolder();
        await using var store = SqliteStore.Open(folder.StorePath);
        // So small that it forgets all the time.
        var cached = new CachedStore(store, TimeProvider.System, 8 * 1024);
        await new HistoryRun("SQLite, remembered", _ => cached).ProveAsync(clientCount: 8, LongRuns.Count(1200, 50_000), Seed);
    }

    [Fact(Timeout = Patience)]
    public async Task Tables_are_linearizable_by_several_clients()
    {
        AzuriteAccount account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        await using TablesStore one = await TestTables.OpenAsync(account);
        await using TablesStore other = await TestTables.OpenAsync(account);
        await new HistoryRun("tables, two clients", client => client % 2 == 0 ? one : other).ProveAsync(clientCount: 6, LongRuns.Count(480, 12_000), Seed);
    }

    [Fact(Timeout = Patience)]
    public async Task Tables_are_linearizable_while_requests_and_answers_get_lost()
    {
        AzuriteAccount account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        await using FaultyStorage faulty = FaultyStorage.Start(account.TablesUrl, Seed, 1.0 / 12);
        await using TablesStore one = await TestTables.OpenAsync(account, faulty.Url);
        await using TablesStore other = await TestTables.OpenAsync(account, faulty.Url);
        await new HistoryRun("tables, one request in twelve spoiled", client => client % 2 == 0 ? one : other).ProveAsync(clientCount: 6, LongRuns.Count(240, 10_000), Seed);
        Assert.True(faulty.FaultCount > 5, $"{faulty.FaultCount} faults");
    }
}
