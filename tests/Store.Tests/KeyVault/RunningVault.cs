using SshFunctions.Support.KeyVault;

namespace SshFunctions.Store.Tests.KeyVault;

/// <summary>A vault for all tests of a class.</summary>
public sealed class RunningVault : IAsyncLifetime
{
    public FakeKeyVault Vault { get; private set; } = null!;

    public async Task InitializeAsync() => Vault = await FakeKeyVault.StartAsync();

    public async Task DisposeAsync() => await Vault.DisposeAsync();
}
