using Azure.Core;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Azure.KeyVault;
using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Keys;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Hosting.Opening;

/// <summary>The three signing keys of a broker, wherever they are; owns those that it holds in memory.</summary>
internal sealed class SigningKeys : IDisposable
{
    private readonly List<SshPrivateKey> _held = [];

    private SigningKeys()
    {
    }

    public ICertificateSigner UserCa { get; private set; } = null!;

    public ICertificateSigner HostCa { get; private set; } = null!;

    public IStatementSigner Journal { get; private set; } = null!;

    /// <summary>Opens them.</summary>
    /// <param name="places">Where they are; none is null.</param>
    /// <param name="credential">For Key Vault; null where no key is there.</param>
    /// <param name="clock">For limits of Key Vault.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The keys; invalid when a file can't be used, or one key serves two purposes.</returns>
    /// <exception cref="SignerUnavailableException">Key Vault is away, or gives no usable key.</exception>
    public static async Task<Result<SigningKeys>> OpenAsync(
        KeyProfile places, TokenCredential? credential, TimeProvider clock, CancellationToken cancellationToken)
    {
        var keys = new SigningKeys();
        Refusal? refusal = null;
        try
        {
            refusal = await keys.FillAsync(places, credential, clock, cancellationToken) ?? FaultOf([keys.UserCa.PublicKey, keys.HostCa.PublicKey, keys.Journal.PublicKey]);
            return refusal is null ? keys : refusal;
        }
        finally
        {
            if (refusal is not null || keys.Journal is null) keys.Dispose();
        }
    }

    /// <summary>What is wrong with the keys that are files: that can be told at the start, and no waiting mends it.</summary>
    public static Refusal? FaultOfFiles(KeyProfile places)
    {
        using var keys = new SigningKeys();
        foreach (KeyLocation.KeyFile place in places.Named.OfType<KeyLocation.KeyFile>())
        {
            if (!keys.Read(place).Try(out _, out Refusal? refusal)) return refusal;
        }

        return FaultOf(keys._held.Select(key => key.PublicKey));
    }

    /// <summary>Wipes what is held.</summary>
    public void Dispose() => _held.ForEach(key => key.Dispose());

    private async Task<Refusal?> FillAsync(KeyProfile places, TokenCredential? credential, TimeProvider clock, CancellationToken cancellationToken)
    {
        Refusal? refusal;
        if (places.UserCa is KeyLocation.Vault userCa)
            UserCa = await VaultSigners.OpenCertificateSignerAsync(userCa.Address, credential!, clock, cancellationToken);
        else if (Read(places.UserCa).Try(out SshPrivateKey? key, out refusal))
            UserCa = new PrivateKeyCertificateSigner(key);
        else
            return refusal;

        if (places.HostCa is KeyLocation.Vault hostCa)
            HostCa = await VaultSigners.OpenCertificateSignerAsync(hostCa.Address, credential!, clock, cancellationToken);
        else if (Read(places.HostCa).Try(out SshPrivateKey? key, out refusal))
            HostCa = new PrivateKeyCertificateSigner(key);
        else
            return refusal;

        if (places.Journal is KeyLocation.Vault journal)
            Journal = await VaultSigners.OpenStatementSignerAsync(journal.Address, credential!, clock, cancellationToken);
        else if (Read(places.Journal).Try(out SshPrivateKey? key, out refusal))
            Journal = new PrivateKeyStatementSigner(key);
        else
            return refusal;
        return null;
    }

    private Result<SshPrivateKey> Read(KeyLocation? place)
    {
        var file = (KeyLocation.KeyFile)(place ?? throw new InvalidOperationException("a key has no place"));
        Result<SshPrivateKey> result = KeyFile.Read(file.Path);
        if (result.Succeeded) _held.Add(result.Value);
        return result;
    }

    // One key for two purposes would let a signature made for one count for the other.
    private static Refusal.Invalid? FaultOf(IEnumerable<SshPublicKey> keys) => keys.GroupBy(key => key).All(same => same.Count() == 1)
        ? null
        : new Refusal.Invalid(null, "two of --user-ca, --host-ca and --journal-key are one key", "give each purpose a key of its own");
}
