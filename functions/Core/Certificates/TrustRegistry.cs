using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Certificates;

/// <summary>Gives the trusted keys a version that grows whenever one of them changes, also over restarts.</summary>
public sealed class TrustRegistry
{
    private static readonly DocumentKey Key = new("trust", "keys");
    private readonly IStore _store;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where the version lies.</param>
    public TrustRegistry(IStore store) => _store = store;

    /// <summary>Says which keys are in force from now on.</summary>
    /// <param name="userCa">Signs user certificates.</param>
    /// <param name="hostCa">Signs host certificates.</param>
    /// <param name="journal">Signs the KRL and checkpoints.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The keys with their version.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<TrustedKeys> PublishAsync(
        SshPublicKey userCa, SshPublicKey hostCa, SshPublicKey journal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(userCa);
        ArgumentNullException.ThrowIfNull(hostCa);
        ArgumentNullException.ThrowIfNull(journal);
        while (true)
        {
            Stored<TrustedKeysRecord>? stored = await _store.ReadAsync(Key, CoreJson.Default.TrustedKeysRecord, cancellationToken);
            var record = new TrustedKeysRecord(
                stored?.Value.Version ?? 1, userCa.ToText(), hostCa.ToText(), journal.ToText());
            if (stored?.Value == record) return new TrustedKeys(record.Version, userCa, hostCa, journal);
            if (stored is not null) record = record with { Version = record.Version + 1 };
            byte[] body = Json.Encode(record, CoreJson.Default.TrustedKeysRecord);
            if (await _store.TryPutAsync(Key, body, stored?.Version, cancellationToken))
                return new TrustedKeys(record.Version, userCa, hostCa, journal);
        }
    }
}
