using SshFunctions.Azure.Storage;
using SshFunctions.Azure.Tables;
using SshFunctions.Support.Azurite;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>Opens stores on the emulator.</summary>
internal static class TestTables
{
    /// <summary>So that a machine under load does not look like storage that is away.</summary>
    public static StorageOptions Patient { get; } =
        new() { Patience = new StoragePatience(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)) };

    /// <summary>Opens one, signed by the account's key.</summary>
    public static Task<TablesStore> OpenAsync(AzuriteAccount account, Uri? url = null, StorageOptions? options = null) => TablesStore.OpenAsync(
        url ?? account.TablesUrl, StorageCredential.ForAccount(account.TablesUrl, account.Key), options ?? Patient, CancellationToken.None);
}
