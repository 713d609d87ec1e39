using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Rotation;

/// <summary>Says which keys sign and which are trusted now.</summary>
public interface ISigningKeys
{
    /// <summary>Begins to read what the next <see cref="ReadAsync"/> needs, beside whatever the caller waits for meanwhile; never fails.</summary>
    void Anticipate();

    /// <summary>The keys, at most <see cref="RotationBounds.LongestUnawareness"/> old.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>At once, but for an instance that was idle.</returns>
    /// <exception cref="StoreUnavailableException">The store is away, and what is known is too old to go by.</exception>
    /// <exception cref="SignerUnavailableException">A key can't be opened.</exception>
    ValueTask<KeysInForce> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Reads the ring now, for whoever must know of a key that came a moment ago.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The keys.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <exception cref="SignerUnavailableException">A key can't be opened.</exception>
    Task<KeysInForce> RefreshAsync(CancellationToken cancellationToken);
}
