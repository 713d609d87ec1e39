using SshFunctions.Core.Ports;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Store;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>On the emulator, signed by the account's key; the neighbour is another client of the same table.</summary>
public sealed class TablesStoreContractTests : StoreContract
{
    private AzuriteAccount? _account;

    protected override async Task<IStore> OpenAsync()
    {
        _account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        return await OpenNeighbourAsync();
    }

    protected override async Task<IStore> OpenNeighbourAsync() => await TestTables.OpenAsync(_account!);
}
