using SshFunctions.Core.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Certificates;

public sealed class TrustRegistryTests
{
    [Fact(Timeout = 60_000)]
    public async Task The_version_grows_with_a_change_and_only_then()
    {
        var store = new InMemoryStore();
        using SshPrivateKey user = SshPrivateKey.GenerateEcdsa(256);
        using SshPrivateKey host = SshPrivateKey.GenerateEcdsa(256);
        using SshPrivateKey journal = SshPrivateKey.GenerateEcdsa(256);
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        async Task<long> PublishAsync(SshPrivateKey first, SshPrivateKey second, SshPrivateKey third) =>
            (await new TrustRegistry(store).PublishAsync(first.PublicKey, second.PublicKey, third.PublicKey, default)).Version;

        Assert.Equal(1, await PublishAsync(user, host, journal));
        Assert.Equal(1, await PublishAsync(user, host, journal));
        Assert.Equal(2, await PublishAsync(other, host, journal));
        Assert.Equal(3, await PublishAsync(other, user, journal));
        Assert.Equal(4, await PublishAsync(other, user, host));
        Assert.Equal(4, await PublishAsync(other, user, host));
        Assert.Equal(5, await PublishAsync(user, host, journal));
    }
}
