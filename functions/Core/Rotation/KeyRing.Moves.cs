namespace SshFunctions.Core.Rotation;

/// <summary>The moves of a rotation; each gives the ring after it, and does nothing else.</summary>
public sealed partial record KeyRing
{
    // Of 500 rotations the first are forgotten: a host that was away for that long is enrolled again.
    private const int MaximumHandoverCount = 500;

    /// <summary>Takes in a new key and the rotation that made it.</summary>
    internal KeyRing Stage(SigningKey key, KeyRotation rotation) =>
        this with { Keys = Keys.Add(key), Rotations = Rotations.RemoveAll(each => each.Purpose == key.Purpose).Add(rotation) };

    /// <summary>The key that should come leaves for good before an emergency: whoever took the one that signs may have taken it too.</summary>
    internal KeyRing Drop(KeyPurpose purpose, DateTimeOffset now, string reason)
    {
        string id = Rotation(purpose).Key;
        return RollBack(purpose, now, reason, null).Same(id, key => key with { IsCutOff = true });
    }

    /// <summary>The key that comes enters the trust bundle.</summary>
    internal KeyRing Publish(KeyPurpose purpose, DateTimeOffset now) => Change(
        Rotation(purpose).Key, key => key with { State = SigningKeyState.Published, Published = now, TrustVersion = Version + 1 });

    /// <summary>The key that comes signs, the one before it signs no more.</summary>
    internal KeyRing Activate(KeyPurpose purpose, DateTimeOffset now, KeyHandover? handover) =>
        Swap(Rotation(purpose), now).Hand(handover);

    /// <summary>The key that comes signs, every other of its purpose leaves trust with all that it has signed.</summary>
    internal KeyRing Replace(KeyPurpose purpose, DateTimeOffset now, KeyHandover? handover)
    {
        KeyRotation rotation = Rotation(purpose);
        return ForsakenOf(purpose)
            .Aggregate(Swap(rotation, now), (ring, forsaken) => ring.Same(
                forsaken.Id, key => key with { State = SigningKeyState.Retired, Retired = now, IsCutOff = true }))
            .End(purpose).Hand(handover);
    }

    /// <summary>The keys that an emergency cuts off: whatever is trusted but the one that comes.</summary>
    internal IEnumerable<SigningKey> ForsakenOf(KeyPurpose purpose)
    {
        string? coming = FindRotation(purpose) is { } rotation && KeyOf(rotation.Key).IsCandidate ? rotation.Key : null;
        return TrustedOf(purpose).Where(key => key.Id != coming);
    }

    /// <summary>The key that goes leaves the trust bundle; its rotation is over.</summary>
    internal KeyRing Retire(string id, DateTimeOffset now)
    {
        KeyRing next = Change(id, key => key with { State = SigningKeyState.Retired, Retired = now });
        return next with { Rotations = next.Rotations.RemoveAll(rotation => rotation.Predecessor == id) };
    }

    /// <summary>The key that should come leaves again; where it signs already, the one before it signs again, which is trusted still.</summary>
    internal KeyRing RollBack(KeyPurpose purpose, DateTimeOffset now, string reason, KeyHandover? handover)
    {
        KeyRotation rotation = Rotation(purpose);
        if (KeyOf(rotation.Key).IsCandidate)
        {
            return Change(rotation.Key, key => key with { State = SigningKeyState.Retired, Retired = now, Aborted = reason }).End(purpose);
        }

        KeyRotation back = rotation with { Key = rotation.Predecessor, Predecessor = rotation.Key, RolledBack = reason };
        return (this with { Rotations = Rotations.Replace(rotation, back) })
            .Swap(back, now)
            .Same(rotation.Key, key => key with { Aborted = reason })
            .Hand(handover);
    }

    /// <summary>Takes note that a private half is gone.</summary>
    internal KeyRing Forget(string id) => Same(id, key => key with { IsDestroyed = true });

    /// <summary>An operator put a key in the place of the one that signs, by the configuration.</summary>
    internal KeyRing Supersede(SigningKey key, DateTimeOffset now)
    {
        KeyRing ring = FindRotation(key.Purpose) is { } open && KeyOf(open.Key).IsCandidate ? RollBack(key.Purpose, now, "the configuration names another key", null) : this;
        var rotation = new KeyRotation(key.Purpose, key.Id, ring.ActiveOf(key.Purpose).Id, false, now, Callers.Caller.System.Subject);
        return ring.Stage(key, rotation).Publish(key.Purpose, now).Activate(key.Purpose, now, null);
    }

    private KeyRotation Rotation(KeyPurpose purpose) => FindRotation(purpose) ?? throw new InvalidOperationException("no rotation is under way");

    private KeyRing Swap(KeyRotation rotation, DateTimeOffset now) => Change(rotation.Key, key => key with
    {
        State = SigningKeyState.Active,
        Published = key.Published ?? now,
        TrustVersion = key.TrustVersion ?? Version + 1,
        Activated = now,
        ActiveVersion = Version + 1,
        Retiring = null,
        LastExpiry = null,
    }).Same(rotation.Predecessor, key => key with
    {
        State = SigningKeyState.Retiring,
        Retiring = now,
        LastExpiry = now + RotationBounds.LongestUnawareness + RotationBounds.LongestLifeOf(rotation.Purpose),
    });

    private KeyRing Hand(KeyHandover? handover) => handover is null
        ? this
        : this with { Handovers = [.. Handovers.Add(handover).TakeLast(MaximumHandoverCount)] };

    private KeyRing End(KeyPurpose purpose) => this with { Rotations = Rotations.RemoveAll(each => each.Purpose == purpose) };

    private KeyRing Change(string id, Func<SigningKey, SigningKey> change) => Same(id, change) with { Version = Version + 1 };

    private KeyRing Same(string id, Func<SigningKey, SigningKey> change) =>
        this with { Keys = [.. Keys.Select(key => key.Id == id ? change(key) : key)] };
}
