using System.Text;
using SshFunctions.Azure.KeyVault;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.KeyVault;
using SshFunctions.Support.Signers;

namespace SshFunctions.Store.Tests.KeyVault;

public abstract class VaultSigningKeysTests : SigningKeyStoreContract, IAsyncLifetime
{
    protected FakeKeyVault Vault { get; private set; } = null!;

    public async Task InitializeAsync() => Vault = await FakeKeyVault.StartAsync();

    public async Task DisposeAsync() => await Vault.DisposeAsync();

    protected override ISigningKeyStore Open() => new VaultSigningKeys(new FixedCredential(), TimeProvider.System, VaultOpening.OptionsFor(Vault));
}

public sealed class VaultKeyStoreTests : VaultSigningKeysTests
{
    protected override Task<(string Place, string Type)> FirstAsync()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(384);
        return Task.FromResult((Vault.AddKey("user-ca", key).Address, "ecdsa-sha2-nistp384"));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_address_without_a_version_still_means_the_key_that_it_meant()
    {
        (string place, _) = await FirstAsync();
        MadeSigningKey made = (await Open().MakeAsync(KeyPurpose.UserCa, "aaaaaaaaaa", place, default)).Value!;
        VaultKeyAddress named = VaultKeyAddress.Parse(FakeKeyVault.Url + "/keys/user-ca").Value!;

        Assert.Equal(place, (await ((VaultSigningKeys)Open()).PinAsync(named, default)).ToString());
        Assert.StartsWith(FakeKeyVault.Url + "/keys/sshfn-user-ca-aaaaaaaaaa/", made.Place, StringComparison.Ordinal);
    }
}

public sealed class VaultSecretStoreTests : VaultSigningKeysTests
{
    protected override Task<(string Place, string Type)> FirstAsync()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(521);
        return Task.FromResult((Vault.AddSecret("user-ca", Encoding.ASCII.GetString(OpenSshPrivateKey.Write(key, "first"))).Address, "ecdsa-sha2-nistp521"));
    }
}
