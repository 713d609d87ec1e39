using SshFunctions.Azure.Storage;
using SshFunctions.Azure.Tables;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Store;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>On the emulator with every eighth request spoiled; the neighbour goes through the same faults.</summary>
public sealed class TablesStoreFaultContractTests : StoreContract
{
    private const int Seed = 20_261_121;
    private const double Share = 1.0 / 8;
    private AzuriteAccount? _account;
    private FaultyStorage? _faulty;

    protected override async Task<IStore> OpenAsync()
    {
        _account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        _faulty = FaultyStorage.Start(_account.TablesUrl, Seed, Share);
        return await OpenNeighbourAsync();
    }

    protected override async Task<IStore> OpenNeighbourAsync() => new PersistentCaller(
        await TablesStore.OpenAsync(_faulty!.Url, StorageCredential.ForAccount(_faulty.Url, _account!.Key), CancellationToken.None));

    protected override async Task CloseAsync() => await _faulty!.DisposeAsync();
}
