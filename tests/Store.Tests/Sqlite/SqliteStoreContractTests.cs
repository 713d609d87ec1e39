using SshFunctions.Core.Ports;
using SshFunctions.Local.Sqlite;
using SshFunctions.Support.Store;

namespace SshFunctions.Store.Tests.Sqlite;

/// <summary>The law, with two stores open on one file.</summary>
public sealed class SqliteStoreContractTests : StoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteStore> _opened = [];

    public void Dispose() => _folder.Dispose();

    protected override Task<IStore> OpenAsync()
    {
        var store = SqliteStore.Open(_folder.StorePath);
        _opened.Add(store);
        return Task.FromResult<IStore>(store);
    }

    protected override Task<IStore> OpenNeighbourAsync() => OpenAsync();

    protected override async Task CloseAsync()
    {
        foreach (SqliteStore store in _opened) await store.DisposeAsync();
    }
}
