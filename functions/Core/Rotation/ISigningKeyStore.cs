using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Rotation;

/// <summary>Makes, opens and destroys the private halves of signing keys.</summary>
/// <remarks>
/// The law: what is made is durable on return and never takes the place of anything; a place that was given opens in every instance of
/// the broker, for as long as it is not destroyed; destroying what is gone already is no fault. No private half leaves it. Thread safe.
/// </remarks>
public interface ISigningKeyStore
{
    /// <summary>Makes a key.</summary>
    /// <param name="purpose">What it is to sign.</param>
    /// <param name="id">Its identifier, for its name: letters and digits.</param>
    /// <param name="beside">Place of the key that it follows: it is made where that one lies, of a like kind.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key; <see cref="Refusal.Conflict"/> where none can be made that every instance opens.</returns>
    /// <exception cref="SignerUnavailableException">The place can't be reached, or forbids it.</exception>
    ValueTask<Result<MadeSigningKey>> MakeAsync(KeyPurpose purpose, string id, string beside, CancellationToken cancellationToken);

    /// <summary>Opens a CA key.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The signer; the store owns it.</returns>
    /// <exception cref="SignerUnavailableException">It can't be opened now; the message says why.</exception>
    ValueTask<ICertificateSigner> OpenCertificateSignerAsync(string place, CancellationToken cancellationToken);

    /// <summary>Opens a journal key.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The signer; the store owns it.</returns>
    /// <exception cref="SignerUnavailableException">It can't be opened now; the message says why.</exception>
    ValueTask<IStatementSigner> OpenStatementSignerAsync(string place, CancellationToken cancellationToken);

    /// <summary>Destroys a private half for good, or where its place keeps everything, makes it unusable.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="SignerUnavailableException">The place can't be reached, or forbids it.</exception>
    ValueTask DestroyAsync(string place, CancellationToken cancellationToken);
}
