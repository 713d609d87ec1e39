using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;

namespace SshFunctions.Core.Tests;

/// <summary>The fakes that the other tests sign with keep what the real signers keep.</summary>
public sealed class InMemorySignerTests : SignerContract
{
    protected override ICertificateSigner OpenCertificateSigner(SshPrivateKey key) => new InMemoryCertificateSigner(key);

    protected override IStatementSigner OpenStatementSigner(SshPrivateKey key) => new InMemoryStatementSigner(key);
}
