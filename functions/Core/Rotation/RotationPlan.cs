using System.Globalization;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Rotation;

/// <summary>Tells what a rotation that has not begun would meet.</summary>
internal static class RotationPlan
{
    /// <summary>What it would wait for; in an emergency whom it would cut off.</summary>
    public static RotationStep.Wait Of(KeyRing ring, KeyPurpose purpose, HostGate gate, RotationRules rules, bool emergency, DateTimeOffset now)
    {
        if (emergency) return new RotationStep.Wait(OfEmergency(ring, purpose, gate), null, gate);
        string hosts = gate switch
        {
            { Laggards.IsEmpty: false } => "the listed hosts would hold it up, unless they come back",
            { ReportingCount: 0 } => "no host is enrolled that could report",
            _ => string.Create(CultureInfo.InvariantCulture, $"all {gate.ReportingCount} hosts that report are up to date; whichever was set up by hand is not waited for"),
        };
        TimeSpan notice = rules.NoticeOf(purpose, gate.ReportingCount);
        return notice == TimeSpan.Zero
            ? new RotationStep.Wait(hosts, null, gate)
            : new RotationStep.Wait($"{hosts}; {RotationRules.ReasonOfNotice(purpose, gate.ReportingCount)}", now + notice, gate);
    }

    private static string OfEmergency(KeyRing ring, KeyPurpose purpose, HostGate gate)
    {
        string keys = string.Join(", ", ring.TrustedOf(purpose).Select(key => SshPublicKey.Parse(key.PublicKey).Fingerprint.ToString()));
        string whom = purpose switch
        {
            KeyPurpose.UserCa => "everybody whose certificate they signed needs a new one",
            KeyPurpose.HostCa => "clients trust no host until their next certificate (sshfn cert --renew) and the host's; ssh that asks about an unknown key meanwhile is to be told no",
            _ => "hosts and auditors believe nothing that they sign any more",
        };
        string hosts = gate switch
        {
            { Laggards.IsEmpty: false } => "the listed hosts would be cut off until they come back",
            { ReportingCount: 0 } => "no host is enrolled; hosts that were set up by hand are cut off until they are given the new key",
            _ => "every enrolled host reported minutes ago, and follows by itself; hosts that were set up by hand are cut off until they are given the new key",
        };
        return $"{keys} would count no more: {whom}; {hosts}";
    }
}
