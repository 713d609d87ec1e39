using SshFunctions.Core.Ports;
using SshFunctions.Local.Memory;
using SshFunctions.Local.Sqlite;
using SshFunctions.Support.Store;

namespace SshFunctions.Store.Tests.Memory;

/// <summary>The law, over a file, with everything remembered that may be.</summary>
public sealed class CachedStoreContractTests : StoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteStore> _opened = [];

    public void Dispose() => _folder.Dispose();

    protected override Task<IStore> OpenAsync()
    {
        var store = SqliteStore.Open(_folder.StorePath);
        _opened.Add(store);
        return Task.FromResult<IStore>(new CachedStore(store, TimeProvider.System, 1024 * 1024, "journal:"));
    }

    protected override async Task CloseAsync()
    {
        foreach (SqliteStore store in _opened) await store.DisposeAsync();
    }
}
