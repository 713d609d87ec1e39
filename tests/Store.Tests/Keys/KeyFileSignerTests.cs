using SshFunctions.Core.Ports;
using SshFunctions.Local.Keys;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;

namespace SshFunctions.Store.Tests.Keys;

public sealed class KeyFileSignerTests : SignerContract
{
    protected override ICertificateSigner OpenCertificateSigner(SshPrivateKey key) => new KeyFileCertificateSigner(key);

    protected override IStatementSigner OpenStatementSigner(SshPrivateKey key) => new KeyFileStatementSigner(key);
}
