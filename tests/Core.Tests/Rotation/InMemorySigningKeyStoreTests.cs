using SshFunctions.Core.Rotation;
using SshFunctions.Support.Signers;

namespace SshFunctions.Core.Tests.Rotation;

public sealed class InMemorySigningKeyStoreTests : SigningKeyStoreContract, IDisposable
{
    private readonly InMemorySigningKeyStore _keys = new();

    public void Dispose() => _keys.Dispose();

    protected override ISigningKeyStore Open() => _keys;

    protected override Task<(string Place, string Type)> FirstAsync() => Task.FromResult((_keys.Put("first").Place, "ecdsa-sha2-nistp256"));
}
