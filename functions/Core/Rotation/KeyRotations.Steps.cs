using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Rotation;

/// <summary>The steps: each is recorded, then committed to the ring as it was read, or was done by somebody else.</summary>
public sealed partial class KeyRotations
{
    private const int MaximumNamedHostCount = 100;

    /// <summary>Makes a key and lets the ring know; why not, otherwise.</summary>
    private async Task<Refusal?> StageAsync(Caller caller, Stored<KeyRing> stored, KeyPurpose purpose, bool emergency, CancellationToken cancellationToken)
    {
        KeyRing ring = stored.Value;
        SigningKey active = ring.ActiveOf(purpose);
        string id = SigningKeyId.Generate();
        if (!(await _store.MakeAsync(purpose, id, active.Place, cancellationToken)).Try(out MadeSigningKey? made, out Refusal? refusal)) return refusal;
        DateTimeOffset now = _clock.GetUtcNow();
        var key = new SigningKey(id, purpose, made.PublicKey.ToText(), made.Place, true, SigningKeyState.Staged, now);
        var rotation = new KeyRotation(purpose, id, active.Id, emergency, now, caller.Subject);
        var intent = new JournalEvent.SigningKeyStaged(purpose, FingerprintOf(key), FingerprintOf(active), emergency);
        refusal = (await CommitAsync(caller, stored, ring.Stage(key, rotation), intent, cancellationToken)).Refusal;
        // Whoever came first has made a key of its own; nobody knows this one.
        if (refusal is not null) await _store.DestroyAsync(made.Place, cancellationToken);
        return refusal;
    }

    // The key that should come lies beside the stolen one: an emergency makes a key of which no thief can know.
    private async Task<Refusal?> DropCandidateAsync(Caller caller, Stored<KeyRing> stored, KeyPurpose purpose, CancellationToken cancellationToken)
    {
        const string reason = "an emergency came before it served";
        KeyRing ring = stored.Value;
        SigningKey coming = ComingOf(ring, purpose);
        if (purpose == KeyPurpose.UserCa) await CutOffAsync(caller, [coming], cancellationToken);
        KeyRing next = ring.Drop(purpose, _clock.GetUtcNow(), reason);
        var intent = new JournalEvent.SigningKeyAborted(purpose, FingerprintOf(coming), FingerprintOf(ring.ActiveOf(purpose)), next.Version, reason);
        return (await CommitAsync(caller, stored, next, intent, cancellationToken)).Refusal;
    }

    private async Task AdvanceAsync(Caller caller, KeyPurpose purpose, CancellationToken cancellationToken)
    {
        for (int count = 0; count < MaximumStepCount; count++)
        {
            Stored<KeyRing> stored = await ReadRingAsync(cancellationToken);
            ImmutableArray<SurveyedHost> hosts = stored.Value.FindRotation(purpose) is null ? [] : await SurveyAsync(cancellationToken);
            DateTimeOffset now = _clock.GetUtcNow();
            switch (RotationMachine.Next(stored.Value, purpose, hosts, _rules, now))
            {
                case RotationStep.Publish:
                    await PublishAsync(caller, stored, purpose, now, cancellationToken);
                    break;
                case RotationStep.Activate activate:
                    await ActivateAsync(caller, stored, purpose, activate, now, cancellationToken);
                    break;
                case RotationStep.Replace:
                    await ReplaceAsync(caller, stored, purpose, hosts, now, cancellationToken);
                    break;
                case RotationStep.Retire retire:
                    await RetireAsync(caller, stored, retire.Key, now, cancellationToken);
                    break;
                case RotationStep.RollBack back:
                    await RollBackAsync(caller, stored, purpose, back.Reason, cancellationToken);
                    break;
                default:
                    return;
            }
        }
    }

    private async Task PublishAsync(Caller caller, Stored<KeyRing> stored, KeyPurpose purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        KeyRing next = stored.Value.Publish(purpose, now);
        var intent = new JournalEvent.SigningKeyPublished(purpose, FingerprintOf(ComingOf(stored.Value, purpose)), next.Version);
        await CommitAsync(caller, stored, next, intent, cancellationToken);
    }

    private async Task ActivateAsync(
        Caller caller, Stored<KeyRing> stored, KeyPurpose purpose, RotationStep.Activate step, DateTimeOffset now, CancellationToken cancellationToken)
    {
        KeyRing ring = stored.Value;
        SigningKey coming = ComingOf(ring, purpose);
        SigningKey going = ring.ActiveOf(purpose);
        await _keys.OpenAsync(coming, cancellationToken);
        KeyRing next = ring.Activate(purpose, now, purpose == KeyPurpose.Journal ? await HandOverAsync(ring, going, cancellationToken) : null);
        var intent = new JournalEvent.SigningKeyActivated(
            purpose, FingerprintOf(coming), FingerprintOf(going), next.Version, NamesOf(step.LeftBehind), step.LeftBehind.Length);
        if ((await CommitAsync(caller, stored, next, intent, cancellationToken)).Succeeded)
            await _journal.AppendAsync(caller, new JournalEvent.SigningKeyRetiring(purpose, FingerprintOf(going), next.KeyOf(going.Id).LastExpiry!.Value), cancellationToken);
    }

    private async Task ReplaceAsync(
        Caller caller, Stored<KeyRing> stored, KeyPurpose purpose, ImmutableArray<SurveyedHost> hosts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        KeyRing ring = stored.Value;
        SigningKey coming = ComingOf(ring, purpose);
        SigningKey going = ring.ActiveOf(purpose);
        await _keys.OpenAsync(coming, cancellationToken);
        // First: a host that learns of both at once must not take what a thief signs in between.
        SigningKey[] forsaken = [.. ring.ForsakenOf(purpose)];
        if (purpose == KeyPurpose.UserCa) await CutOffAsync(caller, forsaken, cancellationToken);
        KeyHandover? handover = purpose == KeyPurpose.Journal ? await TryHandOverAsync(ring, going, cancellationToken) : null;
        KeyRing next = ring.Replace(purpose, now, handover);
        ImmutableArray<Laggard> left = GateOf(ring, hosts, emergency: true).Laggards;
        var intent = new JournalEvent.SigningKeyEmergency(purpose, FingerprintOf(coming), FingerprintOf(going), next.Version, NamesOf(left), left.Length);
        if (!(await CommitAsync(caller, stored, next, intent, cancellationToken)).Succeeded) return;
        foreach (SigningKey other in forsaken.Where(key => key.Id != going.Id))
            await _journal.AppendAsync(caller, new JournalEvent.SigningKeyRetired(purpose, FingerprintOf(other), next.Version), cancellationToken);
    }

    private async Task RetireAsync(Caller caller, Stored<KeyRing> stored, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        KeyRing next = stored.Value.Retire(id, now);
        SigningKey going = stored.Value.KeyOf(id);
        await CommitAsync(caller, stored, next, new JournalEvent.SigningKeyRetired(going.Purpose, FingerprintOf(going), next.Version), cancellationToken);
    }

    private async Task<Refusal?> RollBackAsync(Caller caller, Stored<KeyRing> stored, KeyPurpose purpose, string reason, CancellationToken cancellationToken)
    {
        KeyRing ring = stored.Value;
        KeyRotation rotation = ring.FindRotation(purpose)!;
        SigningKey coming = ring.KeyOf(rotation.Key);
        SigningKey going = ring.KeyOf(rotation.Predecessor);
        await _keys.OpenAsync(going, cancellationToken);
        KeyHandover? handover = purpose == KeyPurpose.Journal && !coming.IsCandidate ? await TryHandOverAsync(ring, coming, cancellationToken) : null;
        KeyRing next = ring.RollBack(purpose, _clock.GetUtcNow(), reason, handover);
        var intent = new JournalEvent.SigningKeyAborted(purpose, FingerprintOf(coming), FingerprintOf(going), next.Version, reason);
        return (await CommitAsync(caller, stored, next, intent, cancellationToken)).Refusal;
    }

    private async Task<Result<KeyRing>> CommitAsync(
        Caller caller, Stored<KeyRing> stored, KeyRing next, JournalEvent intent, CancellationToken cancellationToken)
    {
        Result<KeyRing> result = await _journal.RunAsync<KeyRing>(
            caller,
            intent,
            async () => await _rings.TryPutAsync(stored.Version, next, cancellationToken)
                ? next
                : new Refusal.Conflict("another instance of the broker changed the keys at the same time", "look at what it did: sshfn ca status"),
            cancellationToken);
        if (!result.Succeeded) return result;
        await _keys.RefreshAsync(cancellationToken);
        // Agents wait for the KRL; whoever sees a new one looks at the trust bundle too.
        if (next.Version != stored.Value.Version) await _revocations.RaiseAsync(cancellationToken);
        return result;
    }

    private async Task CutOffAsync(Caller caller, IEnumerable<SigningKey> keys, CancellationToken cancellationToken)
    {
        const string reason = "the user CA key was replaced in an emergency";
        DateTimeOffset now = _clock.GetUtcNow();
        Revocation[] revoked = [.. keys.Select(key => new Revocation(RevocationKind.Ca, FingerprintOf(key), reason, caller.Subject, now, null))];
        await _revocations.RevokeAsync(caller, revoked, reason, cancellationToken);
    }

    /// <summary>The last bundle that a journal key signs, which names the one after it.</summary>
    private async Task<KeyHandover> HandOverAsync(KeyRing ring, SigningKey going, CancellationToken cancellationToken)
    {
        IStatementSigner signer = await _store.OpenStatementSignerAsync(going.Place, cancellationToken);
        string text = TrustStatement.Of(TrustedKeys.Of(ring)).ToText();
        return new KeyHandover(text, await signer.SignAsync(TrustStatement.SignatureNamespace, TrustStatement.BytesOf(text), cancellationToken));
    }

    // In an emergency the old key may be lost: then hosts are enrolled again.
    private async Task<KeyHandover?> TryHandOverAsync(KeyRing ring, SigningKey going, CancellationToken cancellationToken)
    {
        try
        {
            KeyRotation rotation = ring.FindRotation(KeyPurpose.Journal)!;
            KeyRing named = ring.KeyOf(rotation.Key).State == SigningKeyState.Staged ? ring.Publish(KeyPurpose.Journal, _clock.GetUtcNow()) : ring;
            return await HandOverAsync(named, going, cancellationToken);
        }
        catch (SignerUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Destroys what a rotation made and nobody trusts any more.</summary>
    private async Task DestroyAsync(CancellationToken cancellationToken)
    {
        Stored<KeyRing> stored = await ReadRingAsync(cancellationToken);
        SigningKey[] spent = [.. stored.Value.Keys.Where(key => key is { State: SigningKeyState.Retired, IsMade: true, IsDestroyed: false })];
        if (spent.Length == 0) return;
        foreach (SigningKey key in spent) await _store.DestroyAsync(key.Place, cancellationToken);
        // Whoever changed the ring meanwhile leaves the note to the next run.
        await _rings.TryPutAsync(stored.Version, spent.Aggregate(stored.Value, (ring, key) => ring.Forget(key.Id)), cancellationToken);
    }

    private static SigningKey ComingOf(KeyRing ring, KeyPurpose purpose) => ring.KeyOf(ring.FindRotation(purpose)!.Key);

    private static string FingerprintOf(SigningKey key) => SshPublicKey.Parse(key.PublicKey).Fingerprint.ToString();

    private static ImmutableArray<string> NamesOf(ImmutableArray<Laggard> laggards) =>
        [.. laggards.Take(MaximumNamedHostCount).Select(laggard => laggard.Host.Host.Text)];
}
