using Azure.Core;
using SshFunctions.App.Hosting.Opening;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Local;
using SshFunctions.Local.Keys;
using SshFunctions.Local.Memory;
using SshFunctions.Local.Queue;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.App.Hosting.Homes;

/// <summary>What a broker on one machine is made of: its directory, its store, its keys, its place in the journal.</summary>
internal sealed class SelfHostedBroker : IAsyncDisposable
{
    private const long RememberedBytes = 32 * 1024 * 1024;
    private readonly DataDirectory _data;
    private readonly SqliteStore _store;
    private readonly SigningKeys _keys;
    private readonly OpenBroker _open;

    private SelfHostedBroker(DataDirectory data, SqliteStore store, SigningKeys keys, OpenBroker open)
    {
        _data = data;
        _store = store;
        _keys = keys;
        _open = open;
    }

    /// <summary>Opens what the profile names; makes what is not there yet.</summary>
    /// <exception cref="StoreUnavailableException">The store can't be opened.</exception>
    /// <exception cref="SignerUnavailableException">A key can't be opened.</exception>
    public static async Task<Result<SelfHostedBroker>> OpenAsync(
        BrokerProfile profile, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!DataDirectory.Open(profile.DataDirectory!).Try(out DataDirectory? data, out Refusal? refusal)) return refusal;
        SelfHostedBroker? broker = null;
        try
        {
            if (!(await OpenAsync(data, profile, clock, cancellationToken)).Try(out broker, out refusal)) return refusal;
            return broker;
        }
        finally
        {
            if (broker is null) data.Dispose();
        }
    }

    private static async Task<Result<SelfHostedBroker>> OpenAsync(
        DataDirectory data, BrokerProfile profile, TimeProvider clock, CancellationToken cancellationToken)
    {
        bool isFirstStart = !File.Exists(data.StorePath);
        if (isFirstStart && data.WasUsedBefore)
        {
            return new Refusal.Invalid(
                "data", $"{data.StorePath} is gone", "restore it from a backup, or start with a new data directory, which makes new keys");
        }

        TokenCredential? credential = null;
        if (profile.AzureIdentity is { } identity && !identity.Open(Environment.GetEnvironmentVariable, clock).Try(out credential, out Refusal? refusal)) return refusal;
        if (isFirstStart) MakeKeys(data, profile.Keys);
        SqliteStore store = SqliteStore.Open(data.StorePath);
        // The directory is locked, so nobody else writes; of the journal's entries hardly one is read twice.
        var remembered = new CachedStore(store, clock, RememberedBytes, "journal:", "checkpoints");
        var keys = new SigningKeys(new FileSigningKeys(data.KeysPath, isShared: false), credential, clock);
        OpenBroker? open = null;
        try
        {
            if (!(await OpenAsync(data, profile, remembered, keys, clock, cancellationToken)).Try(out open, out refusal)) return refusal;
            return new SelfHostedBroker(data, store, keys, open);
        }
        finally
        {
            if (open is null)
            {
                keys.Dispose();
                await store.DisposeAsync();
            }
        }
    }

    private static async Task<Result<OpenBroker>> OpenAsync(
        DataDirectory data, BrokerProfile profile, IStore store, SigningKeys keys, TimeProvider clock, CancellationToken cancellationToken)
    {
        KeyRing? ring = await new KeyRingRegistry(store, clock).FindAsync(cancellationToken);
        if (LossIn(data, profile.Keys, ring) is { } loss) return loss;
        // Once there is a ring, it says where the keys are that nobody named.
        KeyProfile places = ring is null ? Places(data, profile.Keys) : profile.Keys;
        if (!(await keys.FindAsync(places, cancellationToken)).Try(out IReadOnlyDictionary<KeyPurpose, MadeSigningKey>? configured, out Refusal? refusal)) return refusal;
        var journal = new JournalWriter(store, clock, Guid.CreateVersion7().ToString("n"), BrokerVersion.Current, JournalMaintenance.IdleLimit);
        // The directory is ours alone, so whoever left a segment open is dead.
        await journal.CloseAbandonedAsync(cancellationToken);
        return await OpenBroker.OpenAsync(store, journal, keys, configured, clock, cancellationToken);
    }

    /// <summary>
    /// A directory that was used before holds a store and its keys. A new store would give serials a second time, a new CA key would
    /// cut off every host: neither is made in silence.
    /// </summary>
    private static Refusal.Invalid? LossIn(DataDirectory data, KeyProfile named, KeyRing? ring)
    {
        IEnumerable<string> files = Enum.GetValues<KeyPurpose>()
            .Select(purpose => ring?.ActiveOf(purpose).Place ?? (named.Of(purpose) is null ? purpose.Text() : "/"))
            .Where(place => !place.Contains('/', StringComparison.Ordinal))
            .Select(data.KeyPath);
        return files.FirstOrDefault(path => !File.Exists(path)) is { } missing
            ? new Refusal.Invalid("data", $"{missing} is gone", "restore it from a backup; hosts and clients trust that key and no new one")
            : null;
    }

    private static void MakeKeys(DataDirectory data, KeyProfile named)
    {
        foreach (KeyPurpose purpose in Enum.GetValues<KeyPurpose>().Where(purpose => named.Of(purpose) is null))
            KeyFile.MakeIfMissing(data.KeyPath(purpose.Text()), $"sshfn {purpose.Text()}");
    }

    /// <summary>The keys that are not named lie in the directory.</summary>
    private static KeyProfile Places(DataDirectory data, KeyProfile named)
    {
        KeyLocation Place(KeyPurpose purpose) => named.Of(purpose) ?? new KeyLocation.KeyFile(data.KeyPath(purpose.Text()));
        return new KeyProfile(Place(KeyPurpose.UserCa), Place(KeyPurpose.HostCa), Place(KeyPurpose.Journal));
    }

    /// <summary>Offers the domain's services to the functions.</summary>
    public void Register(IServiceCollection services, BrokerProfile profile)
    {
        services.AddSingleton(profile.Rotation);
        services.AddSingleton<LocalQueue>();
        services.AddSingleton<IMessageQueue>(provider => provider.GetRequiredService<LocalQueue>());
        services.AddHostedService<BackgroundWork>();
        DomainServices.Register(services, new CertificateLimits(profile.MaximumCertificateLifetime), _ => _open, profile.KeepJournal);
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
        await _open.Journal.DisposeAsync();
        _open.Keys.Dispose();
        await _store.DisposeAsync();
        _keys.Dispose();
        _data.Dispose();
    }
}
