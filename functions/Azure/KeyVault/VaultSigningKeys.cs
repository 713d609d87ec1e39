using Azure.Core;
using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;

namespace SshFunctions.Azure.KeyVault;

/// <summary>Signing keys in Key Vault; a place is the address of one version.</summary>
/// <remarks>
/// What is made has a name of its own, not a new version of the name before: an instance that starts with an address without a version
/// would take that for the newest before the rotation has come to it. Making and deleting need the roles Key Vault Crypto Officer, for
/// secrets Key Vault Secrets Officer; opening needs none of them.
/// </remarks>
public sealed class VaultSigningKeys : ISigningKeyStore
{
    private readonly TokenCredential _credential;
    private readonly TimeProvider _clock;
    private readonly VaultOptions _options;

    /// <summary>Makes it; asks nobody yet.</summary>
    /// <param name="credential">Gives tokens for vaults; kept.</param>
    /// <param name="clock">For bounds and validity.</param>
    public VaultSigningKeys(TokenCredential credential, TimeProvider clock)
        : this(credential, clock, VaultOptions.Default)
    {
    }

    internal VaultSigningKeys(TokenCredential credential, TimeProvider clock, VaultOptions options) =>
        (_credential, _clock, _options) = (credential, clock, options);

    /// <summary>Says which version an address means now.</summary>
    /// <param name="address">With or without a version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>With one.</returns>
    /// <exception cref="SignerUnavailableException">The vault is away, or has none that may be used.</exception>
    public ValueTask<VaultKeyAddress> PinAsync(VaultKeyAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Version is not null) return ValueTask.FromResult(address);
        VaultClient client = ClientOf(address);
        return client.OpenAsync(token => VaultVersions.PinAsync(client, address, _clock.GetUtcNow(), token), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Result<MadeSigningKey>> MakeAsync(KeyPurpose purpose, string id, string beside, CancellationToken cancellationToken)
    {
        VaultKeyAddress before = AddressOf(beside);
        VaultClient client = ClientOf(before);
        VaultKeyAddress name = before with { Name = $"sshfn-{purpose.Text()}-{id}", Version = null };
        return before.Kind == VaultKeyKind.Key
            ? await VaultKeyMaking.MakeKeyAsync(client, before, name, cancellationToken)
            : await VaultKeyMaking.MakeSecretAsync(client, before, name, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ICertificateSigner> OpenCertificateSignerAsync(string place, CancellationToken cancellationToken) =>
        VaultSigners.OpenCertificateSignerAsync(AddressOf(place), _credential, _clock, _options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IStatementSigner> OpenStatementSignerAsync(string place, CancellationToken cancellationToken) =>
        VaultSigners.OpenStatementSignerAsync(AddressOf(place), _credential, _clock, _options, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DestroyAsync(string place, CancellationToken cancellationToken)
    {
        VaultKeyAddress address = AddressOf(place);
        VaultClient client = ClientOf(address);
        // The name was made for this one key. A vault with soft delete keeps it unusable until it is purged.
        await client.OpenAsync(token => client.DeleteAsync($"{address.Collection}/{address.Name}", token), cancellationToken);
    }

    private VaultClient ClientOf(VaultKeyAddress address) => new(address, _credential, _clock, _options);

    private static VaultKeyAddress AddressOf(string place) =>
        VaultKeyAddress.Parse(place).Try(out VaultKeyAddress? address, out Refusal? refusal)
            ? address
            : throw new SignerUnavailableException($"{place} {refusal.Detail}");
}
