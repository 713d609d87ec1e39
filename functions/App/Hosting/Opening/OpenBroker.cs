using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;

namespace SshFunctions.App.Hosting.Opening;

/// <summary>What every function of a broker needs, once store and keys were reached.</summary>
/// <param name="Store">Where everything lies.</param>
/// <param name="Journal">This instance's place in the journal.</param>
/// <param name="Rings">Where the key ring lies.</param>
/// <param name="KeyStore">Makes and destroys signing keys.</param>
/// <param name="Keys">The keys in force; read once already.</param>
internal sealed record OpenBroker(IStore Store, JournalWriter Journal, KeyRingRegistry Rings, ISigningKeyStore KeyStore, SigningKeyCache Keys)
{
    /// <summary>Takes in the keys that the configuration names, and opens those that sign.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <exception cref="SignerUnavailableException">A key that signs can't be opened.</exception>
    public static async Task<Core.Result<OpenBroker>> OpenAsync(
        IStore store,
        JournalWriter journal,
        ISigningKeyStore keyStore,
        IReadOnlyDictionary<KeyPurpose, MadeSigningKey> configured,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var rings = new KeyRingRegistry(store, clock);
        if (!(await rings.AdoptAsync(configured, cancellationToken)).Try(out _, out Core.Refusal? refusal)) return refusal;
        var keys = new SigningKeyCache(rings, keyStore, clock);
        await keys.RefreshAsync(cancellationToken);
        return new OpenBroker(store, journal, rings, keyStore, keys);
    }
}
