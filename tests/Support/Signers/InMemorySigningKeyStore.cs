using System.Collections.Concurrent;
using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Support.Signers;

/// <summary>Private halves in memory, which several instances may share; owns them.</summary>
public sealed class InMemorySigningKeyStore : ISigningKeyStore, IDisposable
{
    private readonly ConcurrentDictionary<string, SshPrivateKey> _keys = new();
    private readonly ConcurrentBag<SshPrivateKey> _all = [];

    /// <summary>While set, it can't be reached.</summary>
    public bool IsAway { get; set; }

    /// <summary>Places of what is not destroyed.</summary>
    public IReadOnlyCollection<string> Places => [.. _keys.Keys];

    /// <summary>Puts a key in.</summary>
    /// <param name="place">Where.</param>
    /// <returns>The key.</returns>
    public MadeSigningKey Put(string place)
    {
        SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        _all.Add(key);
        if (!_keys.TryAdd(place, key)) throw new InvalidOperationException($"{place} is taken");
        return new MadeSigningKey(key.PublicKey, place);
    }

    /// <summary>One key for each purpose, as a first start has them.</summary>
    public IReadOnlyDictionary<KeyPurpose, MadeSigningKey> PutFirst() => Enum.GetValues<KeyPurpose>().ToDictionary(purpose => purpose, purpose => Put(purpose.Text()));

    /// <inheritdoc/>
    public ValueTask<Result<MadeSigningKey>> MakeAsync(KeyPurpose purpose, string id, string beside, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Result<MadeSigningKey>>(IsAway ? throw new SignerUnavailableException("told to be away") : Put($"{purpose.Text()}-{id}"));

    /// <inheritdoc/>
    public ValueTask<ICertificateSigner> OpenCertificateSignerAsync(string place, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ICertificateSigner>(new InMemoryCertificateSigner(Find(place)));

    /// <inheritdoc/>
    public ValueTask<IStatementSigner> OpenStatementSignerAsync(string place, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IStatementSigner>(new InMemoryStatementSigner(Find(place)));

    /// <inheritdoc/>
    public ValueTask DestroyAsync(string place, CancellationToken cancellationToken)
    {
        if (IsAway) throw new SignerUnavailableException("told to be away");
        _keys.TryRemove(place, out _);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SshPrivateKey key in _all) key.Dispose();
    }

    private SshPrivateKey Find(string place) => !IsAway && _keys.TryGetValue(place, out SshPrivateKey? key)
        ? key
        : throw new SignerUnavailableException($"{place} is not there");
}
