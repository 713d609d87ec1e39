using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.KeyVault;
using SshFunctions.Support.Signers;

namespace SshFunctions.Store.Tests.KeyVault;

public sealed class VaultKeyContractTests(RunningVault running) : SignerContract, IClassFixture<RunningVault>
{
    // Key Vault has no keys of Ed25519.
    protected override bool Holds(string type) => type != "ed25519";

    protected override ICertificateSigner OpenCertificateSigner(SshPrivateKey key) =>
        running.Vault.OpenCertificateSignerAsync(Put(key)).AsTask().GetAwaiter().GetResult();

    protected override IStatementSigner OpenStatementSigner(SshPrivateKey key) =>
        running.Vault.OpenStatementSignerAsync(Put(key)).AsTask().GetAwaiter().GetResult();

    private string Put(SshPrivateKey key)
    {
        string name = $"ca-{Guid.NewGuid():n}";
        running.Vault.AddKey(name, key, hsm: key.PublicKey.KeyType != "ecdsa-sha2-nistp256");
        return $"{FakeKeyVault.Url}/keys/{name}";
    }
}
