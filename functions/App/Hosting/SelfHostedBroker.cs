using SshFunctions.App.Hosting.Opening;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Local;
using SshFunctions.Local.Keys;
using SshFunctions.Local.Queue;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.App.Hosting;

/// <summary>What a broker on one machine is made of: its directory, its store, its keys, its place in the journal.</summary>
internal sealed class SelfHostedBroker : IAsyncDisposable
{
    private readonly DataDirectory _data;
    private readonly SqliteStore _store;
    private readonly BrokerKeys _keys;
    private readonly JournalWriter _journal;

    private SelfHostedBroker(DataDirectory data, SqliteStore store, BrokerKeys keys, JournalWriter journal, TrustedKeys trusted)
    {
        _data = data;
        _store = store;
        _keys = keys;
        _journal = journal;
        Trusted = trusted;
    }

    /// <summary>The public keys in force.</summary>
    public TrustedKeys Trusted { get; }

    /// <summary>Opens what the profile names; makes what is not there yet.</summary>
    /// <exception cref="Core.Ports.StoreUnavailableException">The store can't be opened.</exception>
    public static async Task<Result<SelfHostedBroker>> OpenAsync(
        BrokerProfile profile, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!DataDirectory.Open(profile.DataDirectory).Try(out DataDirectory? data, out Refusal? refusal)) return refusal;
        if (LossIn(data) is { } loss)
        {
            data.Dispose();
            return loss;
        }

        if (!BrokerKeys.Open(data).Try(out BrokerKeys? keys, out refusal))
        {
            data.Dispose();
            return refusal;
        }

        SqliteStore store = SqliteStore.Open(data.StorePath);
        var journal = new JournalWriter(store, clock, Guid.CreateVersion7().ToString("n"), BrokerVersion.Current);
        // The directory is ours alone, so whoever left a segment open is dead.
        await journal.CloseAbandonedAsync(cancellationToken);
        TrustedKeys trusted = await new TrustRegistry(store).PublishAsync(
            keys.UserCa.PublicKey, keys.HostCa.PublicKey, keys.Journal.PublicKey, cancellationToken);
        return new SelfHostedBroker(data, store, keys, journal, trusted);
    }

    /// <summary>
    /// A directory that was used before holds a store and its keys. A new store would give serials a second time, a new CA key would
    /// cut off every host: neither is made in silence.
    /// </summary>
    private static Refusal.Invalid? LossIn(DataDirectory data)
    {
        bool store = File.Exists(data.StorePath);
        if (!store && data.WasUsedBefore)
        {
            return new Refusal.Invalid(
                "data", $"{data.StorePath} is gone", "restore it from a backup, or start with a new data directory, which makes new keys");
        }

        return store && BrokerKeys.FindMissing(data) is { } missing
            ? new Refusal.Invalid("data", $"{missing} is gone", "restore it from a backup; hosts and clients trust that key and no new one")
            : null;
    }

    /// <summary>Offers the domain's services to the functions.</summary>
    public void Register(IServiceCollection services, BrokerProfile profile)
    {
        services.AddSingleton<LocalQueue>();
        services.AddSingleton<IMessageQueue>(provider => provider.GetRequiredService<LocalQueue>());
        services.AddHostedService<LocalQueueService>();
        var broker = new OpenBroker(
            _store,
            new PrivateKeyCertificateSigner(_keys.UserCa),
            new PrivateKeyCertificateSigner(_keys.HostCa),
            new PrivateKeyStatementSigner(_keys.Journal),
            _journal,
            Trusted);
        DomainServices.Register(services, new CertificateLimits(profile.MaximumCertificateLifetime), _ => broker);
    }

    /// <summary>Makes the first admin of an empty store, or another when the operator asks for one.</summary>
    /// <returns>Where the token was put, to be told once; null when there was nothing to do.</returns>
    public async Task<string?> BootstrapAsync(IServiceProvider services, bool again, CancellationToken cancellationToken)
    {
        using var file = BootstrapTokenFile.Prepare(_data.Path);
        CreatedAccessToken? created = await services.GetRequiredService<Bootstrap>().RunAsync(again, cancellationToken);
        if (created is null) return null;
        using Secret secret = created.Secret;
        return file.Fill($"{created.Token.Id}.{secret.Reveal()}");
    }

    /// <summary>Ends the journal's segment, closes the store, forgets the keys, lets the directory go.</summary>
    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await _store.DisposeAsync();
        _keys.Dispose();
        _data.Dispose();
    }
}
