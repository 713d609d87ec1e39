using System.Collections.Immutable;
using System.Globalization;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Rotation;

/// <summary>Begins rotations, carries them on, takes them back. Any instance may do any of it at any time: the ring decides who was first.</summary>
public sealed partial class KeyRotations
{
    // Staged, published, active and retired, and as many again that other instances did meanwhile.
    private const int MaximumStepCount = 12;

    private readonly KeyRingRegistry _rings;
    private readonly ISigningKeyStore _store;
    private readonly SigningKeyCache _keys;
    private readonly HostRegistry _hosts;
    private readonly RevocationRegistry _revocations;
    private readonly JournalWriter _journal;
    private readonly RotationRules _rules;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="rings">Where the ring lies.</param>
    /// <param name="store">Makes and destroys private halves.</param>
    /// <param name="keys">Learns at once of what is done here.</param>
    /// <param name="hosts">What hosts reported.</param>
    /// <param name="revocations">Takes a key that was cut off, and tells hosts to look.</param>
    /// <param name="journal">Where every step is recorded first.</param>
    /// <param name="rules">The operator's.</param>
    /// <param name="clock">Times.</param>
    public KeyRotations(
        KeyRingRegistry rings,
        ISigningKeyStore store,
        SigningKeyCache keys,
        HostRegistry hosts,
        RevocationRegistry revocations,
        JournalWriter journal,
        RotationRules rules,
        TimeProvider clock)
    {
        _rings = rings;
        _store = store;
        _keys = keys;
        _hosts = hosts;
        _revocations = revocations;
        _journal = journal;
        _rules = rules;
        _clock = clock;
    }

    /// <summary>After how long without a report an emergency names a host as cut off: agents report at least each minute.</summary>
    public static TimeSpan EmergencyPatience { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How far a purpose is.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its status.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<RotationStatus> ReadAsync(KeyPurpose purpose, CancellationToken cancellationToken)
    {
        KeyRing ring = (await ReadRingAsync(cancellationToken)).Value;
        RotationStep step = RotationMachine.Next(ring, purpose, await SurveyAsync(cancellationToken), _rules, _clock.GetUtcNow());
        return StatusOf(ring, purpose, step, (step as RotationStep.Wait)?.Gate);
    }

    /// <summary>What a rotation would meet now; nothing is done.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <param name="emergency">Whether it would wait for nobody.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The status as it is, with the hosts that would hold it up; in an emergency those that it would cut off; or why it can't begin.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<RotationStatus>> PlanAsync(KeyPurpose purpose, bool emergency, CancellationToken cancellationToken)
    {
        KeyRing ring = (await ReadRingAsync(cancellationToken)).Value;
        if (FaultOfStart(ring, purpose, emergency) is { } fault) return fault;
        HostGate gate = GateOf(ring, await SurveyAsync(cancellationToken), emergency);
        // What was taken back before is no part of what would begin.
        RotationStatus status = StatusOf(ring, purpose, RotationPlan.Of(ring, purpose, gate, _rules, emergency, _clock.GetUtcNow()), gate);
        return status with { Rotation = status.Rotation is { RolledBack: not null } ? null : status.Rotation };
    }

    /// <summary>Begins a rotation and carries it on as far as it goes.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="purpose">Of which purpose.</param>
    /// <param name="emergency">Whether it waits for nobody; the key of one that is under way is dropped then, and another made.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// How far it came, in an emergency with the hosts that it cut off; <see cref="Refusal.Conflict"/> while another is under way, or where
    /// no key can be made.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away; what was begun goes on by itself.</exception>
    /// <exception cref="SignerUnavailableException">Where keys are kept is away.</exception>
    public async Task<Result<RotationStatus>> StartAsync(Caller caller, KeyPurpose purpose, bool emergency, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        Stored<KeyRing> stored = await ReadRingAsync(cancellationToken);
        if (FaultOfStart(stored.Value, purpose, emergency) is { } fault) return fault;
        HostGate? cutOff = emergency ? GateOf(stored.Value, await SurveyAsync(cancellationToken), emergency) : null;
        Refusal? refusal = null;
        if (emergency && stored.Value.FindRotation(purpose) is { } open && stored.Value.KeyOf(open.Key).IsCandidate)
        {
            refusal = await DropCandidateAsync(caller, stored, purpose, cancellationToken);
            if (refusal is not null) return refusal;
            stored = await ReadRingAsync(cancellationToken);
        }

        refusal = await StageAsync(caller, stored, purpose, emergency, cancellationToken);
        if (refusal is not null) return refusal;
        await AdvanceAsync(caller, purpose, cancellationToken);
        RotationStatus status = await ReadAsync(purpose, cancellationToken);
        return cutOff is null ? status : status with { Hosts = cutOff };
    }

    /// <summary>Takes a rotation back: a key that does not sign yet leaves trust; where it signs, the one before it does so again.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="purpose">Of which purpose.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How it stands then; <see cref="Refusal.Conflict"/> where nothing can be taken back.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <exception cref="SignerUnavailableException">The old key can't be opened any more.</exception>
    public async Task<Result<RotationStatus>> AbortAsync(Caller caller, KeyPurpose purpose, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (FreeText.FaultOf(reason, "reason", RevocationRegistry.MaximumReasonLength, required: true) is { } fault) return fault;
        Stored<KeyRing> stored = await ReadRingAsync(cancellationToken);
        if (stored.Value.FindRotation(purpose) is not { } rotation)
            return new Refusal.Conflict($"no rotation of {purpose.Text()} is under way", "look: sshfn ca status");
        if (rotation.RolledBack is not null)
        {
            return new Refusal.Conflict(
                $"the rotation of {purpose.Text()} was taken back already; its key is trusted until {EndOf(stored.Value, rotation)}, for what it signed",
                $"begin another when you like: sshfn ca rotate {purpose.Text()}; if the key was stolen, --emergency cuts it off");
        }

        if (await RollBackAsync(caller, stored, purpose, reason, cancellationToken) is { } refusal) return refusal;
        await DestroyAsync(cancellationToken);
        return await ReadAsync(purpose, cancellationToken);
    }

    /// <summary>Carries on whatever is under way, and begins what the schedule wants.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When nothing more is due.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    /// <exception cref="SignerUnavailableException">Where keys are kept is away.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (KeyPurpose purpose in Enum.GetValues<KeyPurpose>())
        {
            KeyRing ring = (await ReadRingAsync(cancellationToken)).Value;
            if (RotationMachine.IsScheduled(ring, purpose, _rules, _clock.GetUtcNow()))
                await StartAsync(Caller.System, purpose, emergency: false, cancellationToken);
            else
                await AdvanceAsync(Caller.System, purpose, cancellationToken);
        }

        await DestroyAsync(cancellationToken);
    }

    // One that was taken back only waits for the end of its key, which comes by itself.
    private static Refusal.Conflict? FaultOfStart(KeyRing ring, KeyPurpose purpose, bool emergency)
    {
        if (emergency || ring.FindRotation(purpose) is not { RolledBack: null } open) return null;
        return ring.KeyOf(open.Key).IsCandidate
            ? new Refusal.Conflict($"a rotation of {purpose.Text()} is under way", "wait for its end, or take it back: sshfn ca status, sshfn ca abort")
            : new Refusal.Conflict(
                $"a rotation of {purpose.Text()} is under way: the key before is trusted until {EndOf(ring, open)}",
                "begin another after that, or take this one back first: sshfn ca abort");
    }

    private static string EndOf(KeyRing ring, KeyRotation rotation) =>
        ring.KeyOf(rotation.Predecessor).TrustedUntil is { } end ? end.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "its end";

    private HostGate GateOf(KeyRing ring, IReadOnlyCollection<SurveyedHost> hosts, bool emergency)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (!emergency) return HostGate.Of(hosts, ring.Version, now, _rules, now);
        // Whoever reports has the new bundle in a minute; the others hold nothing that is still to come.
        RotationRules strict = _rules with { SilentAfter = EmergencyPatience };
        HostGate gate = HostGate.Of(hosts, long.MaxValue, now, strict, now);
        return gate with { Laggards = [.. gate.Laggards.Where(laggard => laggard.IsSilent)] };
    }

    private static RotationStatus StatusOf(KeyRing ring, KeyPurpose purpose, RotationStep step, HostGate? gate) => new(
        purpose, ring.Version, [.. ring.Keys.Where(key => key.Purpose == purpose)], ring.FindRotation(purpose), step, gate);

    private async Task<Stored<KeyRing>> ReadRingAsync(CancellationToken cancellationToken) =>
        await _rings.ReadAsync(cancellationToken) ?? throw new InvalidOperationException("there is no key ring");

    private async Task<ImmutableArray<SurveyedHost>> SurveyAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<SurveyedHost>.Builder hosts = ImmutableArray.CreateBuilder<SurveyedHost>();
        await foreach (EnrolledHost host in _hosts.ListAsync(ResourcePath.Root, null, cancellationToken)) hosts.Add(SurveyedHost.Of(host));
        return hosts.ToImmutable();
    }
}
