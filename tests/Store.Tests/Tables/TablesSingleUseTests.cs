using SshFunctions.Core.Ports;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Passcodes;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>Three clients of one table, as three brokers have it.</summary>
public sealed class TablesSingleUseTests : SingleUseContract
{
    private AzuriteAccount? _account;

    protected override int RunCount => 2;

    protected override int RaceCount => 250;

    protected override async Task<IStore> OpenAsync()
    {
        _account ??= (await AzuriteProcess.SharedAsync()).TakeAccount();
        return await TestTables.OpenAsync(_account);
    }
}
