using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Support.Proofs.Schedules;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Rotation;

/// <summary>Instances of a broker on one store, hosts that hold what they last fetched, and what was signed.</summary>
internal sealed class RotationWorld : IAsyncDisposable
{
    private readonly InMemorySigningKeyStore _keys = new();
    private readonly List<RotationInstance> _instances = [];
    private readonly List<JournalWriter> _writers = [];
    private readonly List<(string Ca, DateTimeOffset Expires)> _minted = [];
    private readonly Dictionary<HostId, TrustedKeys> _hosts = [];
    private long _version;

    private readonly Interleaving? _run;

    private RotationWorld(Interleaving? run)
    {
        _run = run;
        Clock = run?.Clock ?? new ManualClock();
        Rings = new KeyRingRegistry(Store, Clock);
    }

    public InMemoryStore Store { get; } = new();

    public ManualClock Clock { get; }

    public KeyRingRegistry Rings { get; }

    public HostRegistry Hosts => new(Store);

    public int MintCount { get; private set; }

    /// <summary>Makes it.</summary>
    /// <param name="instances">How many.</param>
    /// <param name="hosts">How many.</param>
    /// <param name="run">What decides at each call of the store who goes on; null where one thing is done after the other.</param>
    public static async Task<RotationWorld> StartAsync(int instances, int hosts, Interleaving? run = null)
    {
        var world = new RotationWorld(run);
        Broker.Must(await world.Rings.AdoptAsync(world._keys.PutFirst(), default));
        for (int number = 0; number < instances; number++) world._instances.Add(world.Begin());
        for (int number = 0; number < hosts; number++)
        {
            EnrolledHost host = Broker.EnrolledHostOf() with { Enrolled = world.Clock.GetUtcNow() };
            Assert.True(await world.Hosts.TryInsertAsync(host, default));
            world._hosts.Add(host.Id, (await world.InstanceOf(0).Keys.ReadAsync(default)).Trusted);
        }

        return world;
    }

    public RotationInstance InstanceOf(int number) => _instances[number];

    /// <summary>Another process takes an instance's place: nothing is left of what it knew.</summary>
    public Task CrashAsync(int number)
    {
        _instances[number] = Begin();
        return Task.CompletedTask;
    }

    /// <summary>An instance signs with what it knows, and every host that was promised to takes it.</summary>
    public async Task MintAsync(int number, TimeSpan life)
    {
        KeysInForce keys = await _instances[number].Keys.ReadAsync(default);
        KeyRing ring = (await Rings.FindAsync(default))!;
        DateTimeOffset now = Clock.GetUtcNow();
        SigningKey key = ring.Keys.Single(each => each.PublicKey == keys.UserCa.PublicKey.ToText());
        // A key that was cut off in an emergency is used for seconds more, and what it signs then opens nothing.
        if (key.IsCutOff)
        {
            Assert.True(now - key.Retired <= RotationBounds.LongestUnawareness);
            return;
        }

        Assert.True(key.State is SigningKeyState.Active or SigningKeyState.Retiring, $"{key.State} signs");
        MintCount++;
        _minted.Add((key.PublicKey, now + life));
        bool wasUrgent = ring.Keys.Any(each => each.Purpose == KeyPurpose.UserCa && each.IsCutOff && each.Retired >= key.Published);
        foreach ((HostId id, TrustedKeys held) in _hosts)
        {
            EnrolledHost host = (await Hosts.FindAsync(id, default))!;
            bool isSilent = (host.State?.Received ?? host.Enrolled) <= now - TimeSpan.FromDays(7);
            Assert.True(wasUrgent || isSilent || held.Trusts(KeyPurpose.UserCa, keys.UserCa.PublicKey), "a host that reports does not trust the key that signs");
        }
    }

    /// <summary>A host fetches the bundle from an instance and reports it; one that would go back is refused, as the agent does.</summary>
    public async Task RefreshHostAsync(int host, int number)
    {
        HostId id = _hosts.Keys.ElementAt(host);
        TrustedKeys trusted = (await _instances[number].Keys.ReadAsync(default)).Trusted;
        if (trusted.Version >= _hosts[id].Version) _hosts[id] = trusted;
        if (_run is not null) await _run.TurnAsync("report");
        var state = new HostState(Clock.GetUtcNow(), _hosts[id].Version, 0, "9.2", "1.0");
        await Hosts.ChangeAsync(id, current => current with { State = state }, default);
    }

    public async Task RefreshHostsAsync()
    {
        for (int host = 0; host < _hosts.Count; host++) await RefreshHostAsync(host, 0);
    }

    /// <summary>What holds at every moment.</summary>
    public async Task CheckAsync(TimeSpan life)
    {
        KeyRing ring = (await Rings.FindAsync(default))!;
        DateTimeOffset now = Clock.GetUtcNow();
        Assert.True(ring.Version >= _version, "the version went back");
        _version = ring.Version;
        foreach (KeyPurpose purpose in Enum.GetValues<KeyPurpose>())
        {
            Assert.Single(ring.Keys, key => key.Purpose == purpose && key.State == SigningKeyState.Active);
            Assert.True(ring.Rotations.Count(rotation => rotation.Purpose == purpose) <= 1, "two rotations at once");
            Assert.True(ring.Keys.Count(key => key.Purpose == purpose && key.IsCandidate) <= 1, "two keys that are to come");
        }

        _minted.RemoveAll(one => one.Expires <= now);
        foreach ((string ca, DateTimeOffset expires) in _minted)
        {
            SigningKey key = ring.Keys.Single(each => each.PublicKey == ca);
            Assert.True(key.IsTrusted || key.IsCutOff, "a key left trust before what it signed had expired");
            Assert.True(key.LastExpiry is null || key.LastExpiry >= expires - RotationBounds.Margin, $"{life} is more than was counted with");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (JournalWriter writer in _writers) await writer.DisposeAsync();
        foreach (RotationInstance instance in _instances) instance.Keys.Dispose();
        _keys.Dispose();
    }

    private RotationInstance Begin()
    {
        string name = $"instance-{_writers.Count}";
        StoreInstance? process = _run?.Instance(name, Store);
        IStore store = process ?? (IStore)Store;
        var rings = new KeyRingRegistry(store, Clock);
        var journal = new JournalWriter(store, Clock, name, "1.0");
        _writers.Add(journal);
        var keys = new SigningKeyCache(rings, _keys, Clock);
        var rotations = new KeyRotations(
            rings, _keys, keys, new HostRegistry(store), new RevocationRegistry(store, journal, Clock), journal, new RotationRules { HostCaNotice = TimeSpan.FromHours(2), HandHostsNotice = TimeSpan.Zero }, Clock);
        return new RotationInstance(journal, keys, rotations, process);
    }
}
