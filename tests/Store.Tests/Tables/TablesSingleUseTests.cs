using SshFunctions.Azure.Storage;
using SshFunctions.Azure.Tables;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Passcodes;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>Three clients of one table, as three brokers have it.</summary>
public sealed class TablesSingleUseTests : SingleUseContract
{
    private AzuriteAccount? _account;

    protected override int RunCount => 3;

    protected override async Task<IStore> OpenAsync()
    {
        _account ??= (await AzuriteProcess.SharedAsync()).TakeAccount();
        return await TablesStore.OpenAsync(_account.TablesUrl, StorageCredential.ForAccount(_account.TablesUrl, _account.Key), CancellationToken.None);
    }
}
