using SshFunctions.Core.Ports;
using SshFunctions.Local.Sqlite;
using SshFunctions.Support.Passcodes;

namespace SshFunctions.Store.Tests.Sqlite;

/// <summary>Three stores open on one file, as three brokers have it.</summary>
public sealed class SqliteSingleUseTests : SingleUseContract, IDisposable
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

    protected override async Task CloseAsync()
    {
        foreach (SqliteStore store in _opened) await store.DisposeAsync();
    }
}
