using Azure.Core;
using SshFunctions.App.Hosting.Opening;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Azure.Queues;
using SshFunctions.Azure.Storage;
using SshFunctions.Azure.Tables;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Local.Keys;
using SshFunctions.Local.Queue;

namespace SshFunctions.App.Hosting.Homes;

/// <summary>One of several brokers on one store in Azure, with or without the Functions host. Keeps nothing that its death would lose.</summary>
internal sealed class SharedBroker : IAsyncDisposable
{
    private readonly BrokerProfile _profile;
    private readonly StorageProfile _storage;
    private readonly StorageCredential _storageCredential;
    private readonly TokenCredential? _identity;
    private readonly TimeProvider _clock;
    private readonly string _instance = Guid.CreateVersion7().ToString("n");
    private SigningKeys? _keys;
    private TablesStore? _store;

    private SharedBroker(
        BrokerProfile profile, StorageProfile storage, StorageCredential storageCredential, TokenCredential? identity, TimeProvider clock)
    {
        _profile = profile;
        _storage = storage;
        _storageCredential = storageCredential;
        _identity = identity;
        _clock = clock;
    }

    /// <summary>Checks what can be checked without asking anybody.</summary>
    public static Result<SharedBroker> Prepare(BrokerProfile profile, StorageProfile storage, TimeProvider clock)
    {
        TokenCredential? identity = null;
        if (profile.AzureIdentity is { } who && !who.Open(Environment.GetEnvironmentVariable, clock).Try(out identity, out Refusal? refusal)) return refusal;
        if (SigningKeys.FaultOfFiles(profile.Keys) is { } fault) return fault;
        if (storage.KeyFile is null) return new SharedBroker(profile, storage, new StorageCredential.Token(identity!), identity, clock);
        return StorageKeyFile.Read(storage.KeyFile, storage.TablesUrl).Try(out StorageCredential.SharedKey? key, out refusal)
            ? new SharedBroker(profile, storage, key, identity, clock)
            : refusal;
    }

    /// <summary>Offers the domain's services to the functions; they are reached through a <see cref="BrokerGate"/>.</summary>
    public void Register(IServiceCollection services)
    {
        services.AddSingleton(_profile.Rotation);
        services.AddSingleton(provider => new BrokerGate(
            OpenAsync, token => AdoptAdminAsync(provider, token), _clock, provider.GetRequiredService<ILogger<BrokerGate>>()));
        services.AddHostedService<OpenAtStart>();
        DomainServices.Register(
            services, new CertificateLimits(_profile.MaximumCertificateLifetime), provider => provider.GetRequiredService<BrokerGate>().Broker, _profile.KeepJournal);
        if (_profile.FunctionsHost is not null)
        {
            services.AddSingleton<IMessageQueue>(_ => new StorageQueueSender(_storage.QueuesUrl!, _storageCredential));
            return;
        }

        services.AddSingleton<LocalQueue>();
        services.AddSingleton<IMessageQueue>(provider => provider.GetRequiredService<LocalQueue>());
        services.AddSingleton(provider => new WorkLease(provider.GetRequiredService<IStore>(), _clock, _instance));
        services.AddHostedService<BackgroundWork>();
    }

    /// <summary>Wipes the keys that are held in memory, and takes out of the store what only this instance needs.</summary>
    public async ValueTask DisposeAsync()
    {
        _keys?.Dispose();
        if (_store is not null) await _store.DisposeAsync();
    }

    private async Task<Result<OpenBroker>> OpenAsync(CancellationToken cancellationToken)
    {
        // Both at once: each is a round trip or two, and a first start waits for them.
        Task<TablesStore> opening = OpenStoreAsync(cancellationToken);
        var keys = new SigningKeys(new FileSigningKeys(null, isShared: true), _identity, _clock);
        Result<IReadOnlyDictionary<KeyPurpose, MadeSigningKey>> found;
        TablesStore store;
        try
        {
            found = await keys.FindAsync(_profile.Keys, cancellationToken);
        }
        finally
        {
            await Task.WhenAny(opening);
        }

        store = await opening;
        _keys?.Dispose();
        _keys = keys;
        if (!found.Try(out IReadOnlyDictionary<KeyPurpose, MadeSigningKey>? configured, out Refusal? refusal)) return refusal;
        var journal = new JournalWriter(store, _clock, _instance, BrokerVersion.Current, JournalMaintenance.IdleLimit);
        return await OpenBroker.OpenAsync(store, journal, keys, configured, _clock, cancellationToken);
    }

    private async Task<TablesStore> OpenStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _store ??= await TablesStore.OpenAsync(_storage.TablesUrl, _storageCredential, cancellationToken);
        }
        catch (StoreUnavailableException away)
        {
            throw new StoreUnavailableException($"--tables-url {_storage.TablesUrl} can't be used: {away.Message}", away) { RetryAfter = away.RetryAfter };
        }
    }

    private async Task AdoptAdminAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (_profile.AdminToken is { } made) await services.GetRequiredService<Bootstrap>().AdoptAsync(made, cancellationToken);
    }
}
