using SshFunctions.Core.Certificates;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Rotation;

/// <summary>Keeps the key ring.</summary>
/// <remarks>
/// Partition <c>trust</c>: row <c>ring</c>. Row <c>keys</c> is what brokers kept that had one key for each purpose: it gives the version to
/// go on from, and is left as it is.
/// </remarks>
public sealed class KeyRingRegistry
{
    private static readonly DocumentKey Key = new("trust", "ring");
    private static readonly DocumentKey BeforeRings = new("trust", "keys");
    private readonly IStore _store;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where it lies.</param>
    /// <param name="clock">When a key was first known.</param>
    public KeyRingRegistry(IStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>The ring.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null before the first start of a broker.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async ValueTask<KeyRing?> FindAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken))?.Value;

    /// <summary>Whether there has been such a trust bundle: a host that tells of one that is still to come lies, or is of another broker.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False also before the first start of a broker.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async ValueTask<bool> HasReachedAsync(long version, CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) is { } ring && version <= ring.Version;

    /// <summary>Makes sure that the ring knows the keys that the configuration names.</summary>
    /// <param name="configured">Keys by purpose. All three at the first start, when each becomes the one that signs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The ring. A key that it knows stays what it is there, whatever it is: the configuration names where a broker began, not where it
    /// is. One that it does not know was put there by the operator: it signs from now on, and the one before it is trusted until what it
    /// signed has expired. <see cref="Refusal.Invalid"/> when a key serves another purpose already.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<KeyRing>> AdoptAsync(IReadOnlyDictionary<KeyPurpose, MadeSigningKey> configured, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configured);
        while (true)
        {
            Stored<KeyRing>? stored = await ReadAsync(cancellationToken);
            if (!Adopt(stored?.Value, configured, await FirstVersionAsync(stored, configured, cancellationToken)).Try(out KeyRing? ring, out Refusal? refusal))
                return refusal;
            if (stored is not null && ReferenceEquals(ring, stored.Value)) return ring;
            if (await TryPutAsync(stored?.Version, ring, cancellationToken)) return ring;
        }
    }

    /// <summary>Gives the trust bundle a version that no host has seen; 0 where there is no ring. Only where no broker is alive.</summary>
    internal async Task<long> RaiseVersionAsync(Func<long, long> after, CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken) is { } stored)
        {
            KeyRing raised = stored.Value with { Version = after(stored.Value.Version) };
            if (await TryPutAsync(stored.Version, raised, cancellationToken)) return raised.Version;
        }

        return 0;
    }

    internal ValueTask<Stored<KeyRing>?> ReadAsync(CancellationToken cancellationToken) =>
        _store.ReadAsync(Key, CoreJson.Default.KeyRing, cancellationToken);

    /// <summary>False when another instance came first.</summary>
    internal ValueTask<bool> TryPutAsync(DocumentVersion? read, KeyRing ring, CancellationToken cancellationToken) =>
        _store.TryPutAsync(Key, Json.Encode(ring, CoreJson.Default.KeyRing), read, cancellationToken);

    private Result<KeyRing> Adopt(KeyRing? ring, IReadOnlyDictionary<KeyPurpose, MadeSigningKey> configured, long firstVersion)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        ring ??= new KeyRing(firstVersion, [.. configured.Select(key => FirstOf(key.Key, key.Value, firstVersion, now))], [], []);
        foreach ((KeyPurpose purpose, MadeSigningKey key) in configured)
        {
            SigningKey? known = ring.Keys.FirstOrDefault(each => each.PublicKey == key.PublicKey.ToText());
            if (known is null) ring = ring.Supersede(KeyOf(purpose, key, now), now);
            else if (known.Purpose != purpose)
                return new Refusal.Invalid(null, $"the key of --{purpose.Text()} serves as {known.Purpose.Text()} already", "give each purpose a key of its own");
        }

        return ring;
    }

    private async Task<long> FirstVersionAsync(
        Stored<KeyRing>? stored, IReadOnlyDictionary<KeyPurpose, MadeSigningKey> configured, CancellationToken cancellationToken)
    {
        if (stored is not null) return stored.Value.Version;
        TrustedKeysRecord? before = (await _store.ReadAsync(BeforeRings, CoreJson.Default.TrustedKeysRecord, cancellationToken))?.Value;
        if (before is null) return 1;
        bool same = before.UserCa == configured[KeyPurpose.UserCa].PublicKey.ToText()
            && before.HostCa == configured[KeyPurpose.HostCa].PublicKey.ToText() && before.Journal == configured[KeyPurpose.Journal].PublicKey.ToText();
        return same ? before.Version : before.Version + 1;
    }

    private static SigningKey FirstOf(KeyPurpose purpose, MadeSigningKey key, long version, DateTimeOffset now) => KeyOf(purpose, key, now) with
    {
        State = SigningKeyState.Active,
        Published = now,
        Activated = now,
        TrustVersion = version,
        ActiveVersion = version,
    };

    private static SigningKey KeyOf(KeyPurpose purpose, MadeSigningKey key, DateTimeOffset now) =>
        new(SigningKeyId.Generate(), purpose, key.PublicKey.ToText(), key.Place, false, SigningKeyState.Staged, now);
}
