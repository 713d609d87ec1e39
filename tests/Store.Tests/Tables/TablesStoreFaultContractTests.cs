using SshFunctions.Core.Ports;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Store;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>On the emulator with every twelfth request spoiled; the neighbour goes through the same faults.</summary>
public sealed class TablesStoreFaultContractTests : StoreContract
{
    // Another one for each test, the same one again in each run: tests of a class run in a fixed order, one at a time.
    private static int _seed = 20_261_121;
    private const double Share = 1.0 / 12;
    private readonly List<PersistentCaller> _callers = [];
    private AzuriteAccount? _account;
    private FaultyStorage? _faulty;

    protected override async Task<IStore> OpenAsync()
    {
        _account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        _faulty = FaultyStorage.Start(_account.TablesUrl, Interlocked.Increment(ref _seed), Share);
        return await OpenNeighbourAsync();
    }

    protected override int DoubtfulCount => _callers.Sum(caller => caller.DoubtfulCount);

    protected override async Task<IStore> OpenNeighbourAsync()
    {
        var caller = new PersistentCaller(await TestTables.OpenAsync(_account!, _faulty!.Url));
        _callers.Add(caller);
        return caller;
    }

    protected override async Task CloseAsync() => await _faulty!.DisposeAsync();
}
