using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Azure.KeyVault;

/// <summary>A private key that a vault keeps as a secret, in this process's memory from when it is opened: the vault is not asked again.</summary>
/// <remarks>Pinned to one version, so the public key stays the same for the signer's life; a new version is a new key, and a rotation.</remarks>
internal sealed class VaultSecretKey : IDisposable
{
    private const string Fix =
        "make a key with ssh-keygen -t ecdsa -b 256 -N '' -f FILE and store it with az keyvault secret set --file FILE, which keeps its lines";

    private readonly SshPrivateKey _key;

    private VaultSecretKey(SshPrivateKey key) => _key = key;

    /// <summary>Takes the key out of the vault.</summary>
    /// <exception cref="SignerUnavailableException">The vault is away, or the secret may not be used or is no key.</exception>
    public static ValueTask<VaultSecretKey> OpenAsync(
        VaultClient client, VaultKeyAddress address, TimeProvider clock, CancellationToken cancellationToken) => client.OpenAsync(
        async token =>
        {
            DateTimeOffset now = clock.GetUtcNow();
            VaultKeyAddress pinned = await VaultVersions.PinAsync(client, address, now, token);
            using VaultSecretBundle secret = await client.GetAsync(
                $"secrets/{pinned.Name}/{pinned.Version}", VaultJson.Default.VaultSecretBundle, token);
            VaultVersions.Check(pinned, secret.Id, secret.Attributes, now);
            return new VaultSecretKey(Read(pinned, secret.Value));
        },
        cancellationToken);

    public ICertificateSigner CertificateSigner() => new PrivateKeyCertificateSigner(_key);

    public IStatementSigner StatementSigner() => new PrivateKeyStatementSigner(_key);

    public void Dispose() => _key.Dispose();

    private static SshPrivateKey Read(VaultKeyAddress pinned, byte[]? text)
    {
        try
        {
            return OpenSshPrivateKey.Parse(text);
        }
        catch (SshFormatException error)
        {
            // It names a field and what is wrong with it, never what stands there.
            throw new SignerUnavailableException($"{pinned} is no usable OpenSSH private key: {error.Message} {Fix}");
        }
    }
}
