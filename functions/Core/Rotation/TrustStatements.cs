using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Rotation;

/// <summary>Signs the trust bundle, once for each version.</summary>
public sealed class TrustStatements
{
    private readonly ISigningKeys _keys;
    private volatile Made? _made;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="keys">What is to be said, and which key says it.</param>
    public TrustStatements(ISigningKeys keys) => _keys = keys;

    /// <summary>The bundle in force.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Bundle, signature and handovers.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <exception cref="SignerUnavailableException">The journal key is away.</exception>
    public async ValueTask<SignedTrust> ReadAsync(CancellationToken cancellationToken)
    {
        KeysInForce keys = await _keys.ReadAsync(cancellationToken);
        if (_made is { } made && ReferenceEquals(made.Keys, keys)) return made.Trust;
        string text = TrustStatement.Of(keys.Trusted).ToText();
        string signature = await keys.Journal.SignAsync(TrustStatement.SignatureNamespace, TrustStatement.BytesOf(text), cancellationToken);
        var trust = new SignedTrust(text, signature, keys.Handovers);
        _made = new Made(keys, trust);
        return trust;
    }

    private sealed record Made(KeysInForce Keys, SignedTrust Trust);
}
