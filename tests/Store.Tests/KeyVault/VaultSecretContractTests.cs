using System.Text;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;

namespace SshFunctions.Store.Tests.KeyVault;

public sealed class VaultSecretContractTests(RunningVault running) : SignerContract, IClassFixture<RunningVault>
{
    protected override ICertificateSigner OpenCertificateSigner(SshPrivateKey key) =>
        running.Vault.OpenCertificateSignerAsync(Put(key)).AsTask().GetAwaiter().GetResult();

    protected override IStatementSigner OpenStatementSigner(SshPrivateKey key) =>
        running.Vault.OpenStatementSignerAsync(Put(key)).AsTask().GetAwaiter().GetResult();

    private string Put(SshPrivateKey key) =>
        running.Vault.AddSecret($"ca-{Guid.NewGuid():n}", Encoding.ASCII.GetString(OpenSshPrivateKey.Write(key, "ca"))).Address;
}
