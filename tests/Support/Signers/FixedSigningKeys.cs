using SshFunctions.Core.Certificates;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;

namespace SshFunctions.Support.Signers;

/// <summary>Keys that are never rotated.</summary>
public sealed class FixedSigningKeys : ISigningKeys
{
    /// <summary>Takes one key for each purpose.</summary>
    /// <param name="userCa">Signs user certificates.</param>
    /// <param name="hostCa">Signs host certificates.</param>
    /// <param name="journal">Signs statements.</param>
    /// <param name="clock">Bounds the wait for a signature.</param>
    public FixedSigningKeys(ICertificateSigner userCa, ICertificateSigner hostCa, IStatementSigner journal, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(userCa);
        ArgumentNullException.ThrowIfNull(hostCa);
        ArgumentNullException.ThrowIfNull(journal);
        Keys = new KeysInForce(
            TrustedKeys.Of(1, userCa.PublicKey, hostCa.PublicKey, journal.PublicKey), new UserCa(userCa, clock), new HostCa(hostCa, clock), journal);
    }

    /// <summary>The keys; a test may put others in.</summary>
    public KeysInForce Keys { get; set; }

    /// <inheritdoc/>
    public void Anticipate()
    {
    }

    /// <inheritdoc/>
    public ValueTask<KeysInForce> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Keys);

    /// <inheritdoc/>
    public Task<KeysInForce> RefreshAsync(CancellationToken cancellationToken) => Task.FromResult(Keys);
}
