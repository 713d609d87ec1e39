using SshFunctions.Core.Ports;
using SshFunctions.Support.Passcodes;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Passcodes;

public sealed class InMemorySingleUseTests : SingleUseContract
{
    private readonly InMemoryStore _store = new();

    protected override Task<IStore> OpenAsync() => Task.FromResult<IStore>(_store);
}
