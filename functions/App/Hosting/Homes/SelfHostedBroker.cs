using Azure.Core;
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

namespace SshFunctions.App.Hosting.Homes;

/// <summary>What a broker on one machine is made of: its directory, its store, its keys, its place in the journal.</summary>
internal sealed class SelfHostedBroker : IAsyncDisposable
{
    private readonly DataDirectory _data;
    private readonly SqliteStore _store;
    private readonly SigningKeys _keys;
    private readonly JournalWriter _journal;

    private SelfHostedBroker(DataDirectory data, SqliteStore store, SigningKeys keys, JournalWriter journal, TrustedKeys trusted)
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
        if (!DataDirectory.Open(profile.DataDirectory!).Try(out DataDirectory? data, out Refusal? refusal)) return refusal;
        if (LossIn(data, profile.Keys) is { } loss)
        {
            data.Dispose();
            return loss;
        }

        if (!(await OpenKeysAsync(data, profile, clock, cancellationToken)).Try(out SigningKeys? keys, out refusal))
        {
            data.Dispose();
            return refusal;
        }

        SqliteStore store = SqliteStore.Open(data.StorePath);
        var journal = new JournalWriter(store, clock, Guid.CreateVersion7().ToString("n"), BrokerVersion.Current, JournalMaintenance.IdleLimit);
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
    private static Refusal.Invalid? LossIn(DataDirectory data, KeyProfile named)
    {
        bool store = File.Exists(data.StorePath);
        if (!store && data.WasUsedBefore)
        {
            return new Refusal.Invalid(
                "data", $"{data.StorePath} is gone", "restore it from a backup, or start with a new data directory, which makes new keys");
        }

        return store && OwnKeys(data, named).Select(key => key.Path).FirstOrDefault(path => !File.Exists(path)) is { } missing
            ? new Refusal.Invalid("data", $"{missing} is gone", "restore it from a backup; hosts and clients trust that key and no new one")
            : null;
    }

    /// <summary>The keys that are not named lie in the directory, and are made at the first start.</summary>
    private static async Task<Result<SigningKeys>> OpenKeysAsync(
        DataDirectory data, BrokerProfile profile, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach ((string name, string path) in OwnKeys(data, profile.Keys)) KeyFile.MakeIfMissing(path, $"sshfn {name}");
        TokenCredential? credential = null;
        if (profile.AzureIdentity is { } identity && !identity.Open(Environment.GetEnvironmentVariable, clock).Try(out credential, out Refusal? refusal))
            return refusal;
        var places = new KeyProfile(
            profile.Keys.UserCa ?? new KeyLocation.KeyFile(data.KeyPath("user-ca")),
            profile.Keys.HostCa ?? new KeyLocation.KeyFile(data.KeyPath("host-ca")),
            profile.Keys.Journal ?? new KeyLocation.KeyFile(data.KeyPath("journal")));
        return await SigningKeys.OpenAsync(places, credential, clock, cancellationToken);
    }

    private static IEnumerable<(string Name, string Path)> OwnKeys(DataDirectory data, KeyProfile named) =>
        new[] { ("user-ca", named.UserCa), ("host-ca", named.HostCa), ("journal", named.Journal) }
            .Where(key => key.Item2 is null)
            .Select(key => (key.Item1, data.KeyPath(key.Item1)));

    /// <summary>Offers the domain's services to the functions.</summary>
    public void Register(IServiceCollection services, BrokerProfile profile)
    {
        services.AddSingleton<LocalQueue>();
        services.AddSingleton<IMessageQueue>(provider => provider.GetRequiredService<LocalQueue>());
        services.AddHostedService<BackgroundWork>();
        var broker = new OpenBroker(
            _store,
            _keys.UserCa,
            _keys.HostCa,
            _keys.Journal,
            _journal,
            Trusted);
        DomainServices.Register(services, new CertificateLimits(profile.MaximumCertificateLifetime), _ => broker, profile.KeepJournal);
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
