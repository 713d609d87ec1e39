using Azure.Core;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Azure.KeyVault;
using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Local.Keys;

namespace SshFunctions.App.Hosting.Opening;

/// <summary>The signing keys of a broker, wherever they are: each place is that of a file, or an address in Key Vault.</summary>
internal sealed class SigningKeys : ISigningKeyStore, IDisposable
{
    private readonly FileSigningKeys _files;
    private readonly VaultSigningKeys? _vault;

    /// <param name="files">Keys in files; owned from now on.</param>
    /// <param name="credential">For Key Vault; null where no key is there.</param>
    /// <param name="clock">For limits of Key Vault.</param>
    public SigningKeys(FileSigningKeys files, TokenCredential? credential, TimeProvider clock)
    {
        _files = files;
        _vault = credential is null ? null : new VaultSigningKeys(credential, clock);
    }

    /// <summary>Finds the keys that the configuration names.</summary>
    /// <param name="places">Where they are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Their public halves; invalid when a file can't be used, or one key serves two purposes.</returns>
    /// <exception cref="SignerUnavailableException">Key Vault is away, or gives no usable key.</exception>
    public async Task<Result<IReadOnlyDictionary<KeyPurpose, MadeSigningKey>>> FindAsync(KeyProfile places, CancellationToken cancellationToken)
    {
        var found = new Dictionary<KeyPurpose, MadeSigningKey>();
        foreach ((KeyPurpose purpose, KeyLocation place) in places.Named)
        {
            if (!(await FindAsync(purpose, place, cancellationToken)).Try(out MadeSigningKey? key, out Refusal? refusal)) return refusal;
            found.Add(purpose, key);
        }

        return FaultOf(found.Values) is { } fault ? fault : found;
    }

    /// <summary>What is wrong with the keys that are files: that can be told at the start, and no waiting mends it.</summary>
    public static Refusal? FaultOfFiles(KeyProfile places)
    {
        using var files = new FileSigningKeys(null, isShared: true);
        var read = new List<MadeSigningKey>();
        foreach (KeyLocation.KeyFile place in places.Named.Values.OfType<KeyLocation.KeyFile>())
        {
            if (!files.Read(place.Path).Try(out MadeSigningKey? key, out Refusal? refusal)) return refusal;
            read.Add(key);
        }

        return FaultOf(read);
    }

    /// <inheritdoc/>
    public ValueTask<Result<MadeSigningKey>> MakeAsync(KeyPurpose purpose, string id, string beside, CancellationToken cancellationToken) =>
        StoreOf(beside).MakeAsync(purpose, id, beside, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ICertificateSigner> OpenCertificateSignerAsync(string place, CancellationToken cancellationToken) =>
        StoreOf(place).OpenCertificateSignerAsync(place, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IStatementSigner> OpenStatementSignerAsync(string place, CancellationToken cancellationToken) =>
        StoreOf(place).OpenStatementSignerAsync(place, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DestroyAsync(string place, CancellationToken cancellationToken) => StoreOf(place).DestroyAsync(place, cancellationToken);

    /// <summary>Wipes what is held.</summary>
    public void Dispose() => _files.Dispose();

    private ISigningKeyStore StoreOf(string place) => !VaultKeyAddress.IsUrl(place) ? _files
        : _vault ?? throw new SignerUnavailableException($"{place} can't be opened: --azure-identity is missing");

    private async Task<Result<MadeSigningKey>> FindAsync(KeyPurpose purpose, KeyLocation place, CancellationToken cancellationToken)
    {
        if (place is KeyLocation.KeyFile file) return _files.Read(file.Path);
        VaultKeyAddress pinned = await _vault!.PinAsync(((KeyLocation.Vault)place).Address, cancellationToken);
        string address = pinned.ToString();
        return new MadeSigningKey(
            purpose == KeyPurpose.Journal
                ? (await OpenStatementSignerAsync(address, cancellationToken)).PublicKey
                : (await OpenCertificateSignerAsync(address, cancellationToken)).PublicKey,
            address);
    }

    // One key for two purposes would let a signature made for one count for the other.
    private static Refusal.Invalid? FaultOf(IEnumerable<MadeSigningKey> keys) => keys.GroupBy(key => key.PublicKey).All(same => same.Count() == 1)
        ? null
        : new Refusal.Invalid(null, "two of --user-ca, --host-ca and --journal-key are one key", "give each purpose a key of its own");
}
