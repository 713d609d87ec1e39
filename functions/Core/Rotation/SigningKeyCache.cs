using SshFunctions.Core.Certificates;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Rotation;

/// <summary>The keys as this instance knows them, never older than <see cref="RotationBounds.LongestUnawareness"/>.</summary>
/// <remarks>
/// Nobody who signs waits for the store: what is a second old is read again in the background, and a mint begins that reading before it
/// asks the policy (<see cref="Anticipate"/>). Signing with a key that was replaced a moment ago is safe because that key is trusted until
/// everything has expired that such an instance could have signed (<see cref="SigningKey.LastExpiry"/> counts the delay in); only after an
/// emergency is it not, and then a certificate of these seconds opens nothing. What is older than the bound is never used: an instance that
/// can't read the store can't write its journal either, and signs nothing.
/// </remarks>
public sealed class SigningKeyCache : ISigningKeys, IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly KeyRingRegistry _rings;
    private readonly ISigningKeyStore _store;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Dictionary<string, ICertificateSigner> _signers = [];
    private readonly Dictionary<string, IStatementSigner> _statements = [];
    private volatile Known? _known;
    private Task _background = Task.CompletedTask;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="rings">Where the ring is read.</param>
    /// <param name="store">Opens the keys that sign.</param>
    /// <param name="clock">Bounds the age, and the wait for a signature.</param>
    public SigningKeyCache(KeyRingRegistry rings, ISigningKeyStore store, TimeProvider clock)
    {
        _rings = rings;
        _store = store;
        _clock = clock;
    }

    /// <inheritdoc/>
    public void Anticipate()
    {
        if (AgeOf(_known) < Fresh || !Volatile.Read(ref _background).IsCompleted) return;
        Volatile.Write(ref _background, TryRefreshAsync());
    }

    /// <inheritdoc/>
    public ValueTask<KeysInForce> ReadAsync(CancellationToken cancellationToken)
    {
        Known? known = _known;
        if (known is null || AgeOf(known) >= RotationBounds.LongestUnawareness) return new(RefreshAsync(RotationBounds.LongestUnawareness, cancellationToken));
        Anticipate();
        return new(known.Keys);
    }

    /// <inheritdoc/>
    public Task<KeysInForce> RefreshAsync(CancellationToken cancellationToken) => RefreshAsync(TimeSpan.Zero, cancellationToken);

    /// <summary>Opens a key before its turn comes, so that no switch leads to a key that can't sign.</summary>
    internal async Task OpenAsync(SigningKey key, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (key.Purpose == KeyPurpose.Journal) await StatementSignerAsync(key, cancellationToken);
            else await SignerAsync(key, cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Releases nothing but a lock: the keys are the store's.</summary>
    public void Dispose() => _reading.Dispose();

    private TimeSpan AgeOf(Known? known) => known is null ? TimeSpan.MaxValue : _clock.GetElapsedTime(known.Read);

    private async Task<KeysInForce> RefreshAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited before us may have read it.
            if (_known is { } known && AgeOf(known) < age) return known.Keys;
            // Before the reading: the age of what is read counts from when it was asked for.
            long asked = _clock.GetTimestamp();
            KeyRing ring = await _rings.FindAsync(cancellationToken) ?? throw new InvalidOperationException("there is no key ring");
            KeysInForce keys = _known is { } last && last.Keys.Trusted.Version == ring.Version ? last.Keys : await OpenAsync(ring, cancellationToken);
            _known = new Known(keys, asked);
            return keys;
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task TryRefreshAsync()
    {
        try
        {
            await RefreshAsync(Fresh, CancellationToken.None);
        }
        catch (Exception fault) when (fault is StoreUnavailableException or SignerUnavailableException or ObjectDisposedException)
        {
            // Whoever needs the keys when they are too old is told.
        }
    }

    private async Task<KeysInForce> OpenAsync(KeyRing ring, CancellationToken cancellationToken) => new(
        TrustedKeys.Of(ring),
        new UserCa(await SignerAsync(ring.ActiveOf(KeyPurpose.UserCa), cancellationToken), _clock),
        new HostCa(await SignerAsync(ring.ActiveOf(KeyPurpose.HostCa), cancellationToken), _clock),
        await StatementSignerAsync(ring.ActiveOf(KeyPurpose.Journal), cancellationToken))
    {
        Handovers = ring.Handovers,
    };

    private async ValueTask<ICertificateSigner> SignerAsync(SigningKey key, CancellationToken cancellationToken)
    {
        if (_signers.TryGetValue(key.Id, out ICertificateSigner? known)) return known;
        ICertificateSigner signer = await _store.OpenCertificateSignerAsync(key.Place, cancellationToken);
        Check(key, signer.PublicKey.ToText());
        return _signers[key.Id] = signer;
    }

    private async ValueTask<IStatementSigner> StatementSignerAsync(SigningKey key, CancellationToken cancellationToken)
    {
        if (_statements.TryGetValue(key.Id, out IStatementSigner? known)) return known;
        IStatementSigner signer = await _store.OpenStatementSignerAsync(key.Place, cancellationToken);
        Check(key, signer.PublicKey.ToText());
        return _statements[key.Id] = signer;
    }

    // What lies there now is not what hosts were told to trust.
    private static void Check(SigningKey key, string found)
    {
        if (found != key.PublicKey) throw new SignerUnavailableException($"{key.Place} holds another key than the {key.Purpose.Text()} key that the broker's ring names");
    }

    private sealed record Known(KeysInForce Keys, long Read);
}
