using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Opening;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Queue;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Local.Queue;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;

namespace SshFunctions.App.Tests.Brokers;

/// <summary>The broker in this process with its whole domain in memory, under a clock that stands still. Queues move when a test says so.</summary>
internal sealed class WholeBroker : IAsyncDisposable
{
    private readonly InMemorySigningKeyStore _keys = new();
    private RunningBroker _running = null!;

    public static Caller Admin { get; } = new(CallerKind.Person, Subject.Parse("root@example.com"), []);

    public InMemoryStore Store { get; } = new();

    public Support.Time.ManualClock Clock { get; } = new();

    public HttpClient Http => _running.Http;

    public IServiceProvider Services => _running.Services;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Starts one with <c>acme/production/web</c>.</summary>
    public static async Task<WholeBroker> StartAsync(Func<BrokerProfile, BrokerProfile>? configure = null)
    {
        var broker = new WholeBroker();
        var journal = new JournalWriter(broker.Store, broker.Clock, "one", "1.0");
        OpenBroker open = (await OpenBroker.OpenAsync(broker.Store, journal, broker._keys, broker._keys.PutFirst(), broker.Clock, default)).Value!;
        BrokerProfile profile = (configure ?? (same => same))(RunningBroker.OnLoopback);
        broker._running = await RunningBroker.StartAsync(profile, services =>
        {
            services.AddSingleton<TimeProvider>(broker.Clock);
            services.AddSingleton<LocalQueue>();
            services.AddSingleton<IMessageQueue>(provider => provider.GetRequiredService<LocalQueue>());
            DomainServices.Register(services, new CertificateLimits(TimeSpan.FromMinutes(15)), _ => open);
        });
        await broker.MakeWebAsync();
        return broker;
    }

    /// <summary>Every entry of the journal of one kind, in order.</summary>
    public async Task<ImmutableArray<T>> EventsAsync<T>()
        where T : JournalEvent
    {
        var found = ImmutableArray.CreateBuilder<T>();
        await foreach (ReadOnlyMemory<byte> encoded in Get<JournalReader>().ReadSegmentAsync(1, default))
        {
            if (JournalEntry.Decode(encoded).Event is T told) found.Add(told);
        }

        return found.ToImmutable();
    }

    /// <summary>Delivers what lies on a function's queue until nothing is due; what fails comes again when the clock has moved.</summary>
    public async Task<int> DrainAsync(IQueueFunction function)
    {
        LocalQueue queue = Get<LocalQueue>();
        int count = 0;
        foreach (QueueTrigger trigger in QueueTrigger.All.Where(trigger => trigger.Name.StartsWith(function.Declaration.Name, StringComparison.Ordinal)))
        {
            while (await queue.DeliverAsync(trigger.Queue, TryAsync, default) != QueueOutcome.Empty) count++;

            async Task<bool> TryAsync(ReadOnlyMemory<byte> message, CancellationToken token)
            {
                try
                {
                    await trigger.HandleAsync(Services, message, token);
                    return true;
                }
                catch (NotDeliveredException)
                {
                    return false;
                }
            }
        }

        return count;
    }

    /// <summary>Rows that lie in a partition.</summary>
    public async Task<int> CountAsync(string partition) => (await Store.ListAsync(partition, RowRange.All, default)).Documents.Count;

    public static T Must<T>(Result<T> result)
        where T : notnull =>
        result.Try(out T? value, out Refusal? refusal) ? value : throw new InvalidOperationException($"{refusal.GetType().Name}: {refusal.Detail}");

    public async ValueTask DisposeAsync()
    {
        await _running.DisposeAsync();
        _keys.Dispose();
    }

    private async Task MakeWebAsync()
    {
        ResourceTree tree = Get<ResourceTree>();
        Must(await tree.PutProjectAsync(Admin, new Project(ResourcePath.Parse("acme"), "", SshSwitch.Enabled), default));
        Must(await tree.PutEnvironmentAsync(Admin, new ProjectEnvironment(ResourcePath.Parse("acme/production"), "", SshSwitch.Enabled, Protected: true), default));
        Must(await tree.PutResourceAsync(
            Admin,
            new Resource(
                ResourcePath.Parse("acme/production/web"), [], [LoginRule.Parse("deploy")], CertificateProfileName.Sshd, "", SshSwitch.Enabled, null),
            default));
        Must(await Get<GrantRegistry>().PutAsync(
            Admin,
            new Grant(GrantId.Parse("manager"), ResourcePath.Parse("acme"), Role.Manager, Holder.Parse("subject=bob@example.com"), null, null, null, [Permission.Pty], null, null),
            default));
    }
}
