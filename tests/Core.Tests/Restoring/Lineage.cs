using SshFunctions.Core.Resources;
using SshFunctions.Core.Restoring;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Restoring;

/// <summary>A broker that is lost and restored from older copies of its store, over and over; and what the world has of all of them.</summary>
internal sealed class Lineage : IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly List<(InMemoryStore Store, DateTimeOffset Made)> _backups = [];
    private readonly HashSet<ulong> _serials = [];
    private readonly List<Broker> _lost = [];
    private long _held;

    public Lineage() => Broker = new Broker(clock: _clock);

    /// <summary>The one that is alive.</summary>
    public Broker Broker { get; private set; }

    /// <summary>Serials that came a second time.</summary>
    public int RepeatedCount { get; private set; }

    /// <summary>Lists that a host with a newer one would refuse.</summary>
    public int RefusedListCount { get; private set; }

    public int SerialCount => _serials.Count;

    public async Task StepAsync(Random random)
    {
        switch (random.Next(8))
        {
            case < 4: await MintAsync(); break;
            case 4: await RevokeAsync(); break;
            case 5: Backup(); break;
            default: await RestoreAsync(random); break;
        }

        _clock.Advance(TimeSpan.FromMilliseconds(random.Next(1, 100_000)));
    }

    public async Task MintAsync()
    {
        Resource? web = await Broker.Tree.FindResourceAsync(Broker.Web, default);
        if (!_serials.Add(Broker.Must(await Broker.IssueAsync(web!)).Certificate.Content.Serial)) RepeatedCount++;
    }

    /// <summary>A host fetches the list after each change, and refuses one that goes back.</summary>
    public async Task RevokeAsync()
    {
        string target = $"mallory-{_clock.GetUtcNow().Ticks}";
        var revocation = new Revocation(RevocationKind.Subject, target, "gone", Broker.Admin.Subject, _clock.GetUtcNow(), null);
        Broker.Must(await Broker.Revocations.RevokeAsync(Broker.Admin, [revocation], "gone", default));
        await FetchAsync();
    }

    public void Backup() => _backups.Add((Broker.Store.Copy(), _clock.GetUtcNow()));

    /// <summary>The newest or any older one, also one that was restored before.</summary>
    public async Task RestoreAsync(Random random)
    {
        (InMemoryStore store, DateTimeOffset made) = _backups[random.Next(_backups.Count)];
        InMemoryStore copy = store.Copy();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Broker.Must(await new StoreRestorer(copy, _clock, "1.0").RestoreAsync(made, default));
        _lost.Add(Broker);
        Broker.Store.IsAway = true;
        Broker = new Broker(copy, _clock, "restored", Broker);
        await FetchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Broker lost in _lost) await lost.DisposeAsync();
        await Broker.DisposeAsync();
    }

    private async Task FetchAsync()
    {
        PublishedList list = await Broker.Publisher.ReadAsync(default);
        if (list.Version < _held || (long)RevocationList.Parse(list.Krl.Span).Version != list.Version) RefusedListCount++;
        _held = Math.Max(_held, list.Version);
    }
}
