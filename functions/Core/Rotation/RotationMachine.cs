using System.Globalization;

namespace SshFunctions.Core.Rotation;

/// <summary>Decides what is due in a rotation, from the ring, the hosts' reports and the time; does nothing itself. Source: design.md, section 10.</summary>
public static class RotationMachine
{
    /// <summary>What is due.</summary>
    /// <param name="ring">The keys.</param>
    /// <param name="purpose">Of which purpose.</param>
    /// <param name="hosts">Every enrolled host.</param>
    /// <param name="rules">The operator's.</param>
    /// <param name="now">UTC.</param>
    /// <returns>One step; when it is done, another may be due.</returns>
    public static RotationStep Next(KeyRing ring, KeyPurpose purpose, IReadOnlyCollection<SurveyedHost> hosts, RotationRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ring);
        ArgumentNullException.ThrowIfNull(rules);
        KeyRotation? rotation = ring.FindRotation(purpose);
        SigningKey? coming = rotation is null ? null : ring.KeyOf(rotation.Key);
        if (coming is { IsCandidate: true } && rotation!.IsEmergency) return new RotationStep.Replace();
        // Also one whose rotation ended early, because another rotation or the operator put yet another key in.
        if (ring.Keys.FirstOrDefault(key => key.Purpose == purpose && key.TrustedUntil <= now) is { } spent)
            return new RotationStep.Retire(spent.Id);
        if (rotation is null || coming is null) return new RotationStep.Rest();
        return coming.State switch
        {
            SigningKeyState.Staged => new RotationStep.Publish(),
            SigningKeyState.Published => NextOfPublished(coming, hosts, rules, now),
            _ => NextOfRetiring(rotation, coming, ring.KeyOf(rotation.Predecessor), hosts, rules, now),
        };
    }

    /// <summary>Whether the schedule wants a new key.</summary>
    /// <param name="ring">The keys.</param>
    /// <param name="purpose">Of which purpose.</param>
    /// <param name="rules">The operator's.</param>
    /// <param name="now">UTC.</param>
    /// <returns>Never while a rotation is under way; one that was taken back counts as an attempt, so that it is not tried again at once.</returns>
    public static bool IsScheduled(KeyRing ring, KeyPurpose purpose, RotationRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ring);
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Schedule.TryGetValue(purpose, out TimeSpan age)
            && ring.FindRotation(purpose) is null
            && now - ring.Keys.Where(key => key.Purpose == purpose).Max(key => key.Staged) >= age;
    }

    private static RotationStep NextOfPublished(
        SigningKey key, IReadOnlyCollection<SurveyedHost> hosts, RotationRules rules, DateTimeOffset now)
    {
        HostGate gate = HostGate.Of(hosts, key.TrustVersion!.Value, key.Published!.Value, rules, now);
        if (gate.IsFailing) return new RotationStep.RollBack(FaultOf(gate));
        if (!gate.IsOpen) return new RotationStep.Wait(ReasonOf(gate, key.TrustVersion.Value), null, gate);
        DateTimeOffset due = key.Published.Value + rules.NoticeOf(key.Purpose, gate.ReportingCount);
        return now < due
            ? new RotationStep.Wait(RotationRules.ReasonOfNotice(key.Purpose, gate.ReportingCount), due, gate)
            : new RotationStep.Activate(gate.Laggards);
    }

    private static RotationStep.Wait NextOfRetiring(
        KeyRotation rotation, SigningKey active, SigningKey old, IReadOnlyCollection<SurveyedHost> hosts, RotationRules rules, DateTimeOffset now)
    {
        HostGate gate = HostGate.Of(hosts, active.ActiveVersion!.Value, active.Activated!.Value, rules, now);
        // Never back by itself: every host holds the key already, and a few that lie could stop a rotation that a theft made necessary.
        string reason = gate.FailingCount == 0 || rotation.RolledBack is not null
            ? "what the old key signed counts still"
            : $"what the old key signed counts still; {FaultOf(gate)}; if the key is at fault, take it back: sshfn ca abort {rotation.Purpose.Text()}";
        return new RotationStep.Wait(reason, old.TrustedUntil!.Value, gate);
    }

    private static string FaultOf(HostGate gate)
    {
        SurveyedHost host = gate.Laggards.First(laggard => laggard.IsFailing).Host;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{gate.FailingCount} of {gate.ReportingCount} hosts refuse it; {host.Host} of {host.Resource}: {host.Refusal}");
    }

    private static string ReasonOf(HostGate gate, long version)
    {
        string held = string.Create(
            CultureInfo.InvariantCulture,
            $"{gate.HoldingCount} of {gate.ReportingCount} hosts that report hold trust version {version}; {gate.Laggards.Count(laggard => laggard.IsSilent)} are silent");
        return gate.FailingCount == 0 ? held : $"{held}; {FaultOf(gate)}";
    }
}
