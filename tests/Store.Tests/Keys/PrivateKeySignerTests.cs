using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;

namespace SshFunctions.Store.Tests.Keys;

public sealed class PrivateKeySignerTests : SignerContract
{
    protected override ICertificateSigner OpenCertificateSigner(SshPrivateKey key) => new PrivateKeyCertificateSigner(key);

    protected override IStatementSigner OpenStatementSigner(SshPrivateKey key) => new PrivateKeyStatementSigner(key);
}
