namespace SshFunctions.Core.Forwarding;

/// <summary>Severity of event kinds.</summary>
internal static class JournalSeverities
{
    private static readonly string[] Alarms = ["host.alarm", "session.unexplained", "private-key.received", "signing-key.emergency", "access-request.glass-broken"];
    private static readonly string[] Warnings = ["refused", "rejected", "given-up", "failed", "expiring", "denied", "spend-refused"];

    public static JournalSeverity Of(string kind) =>
        Alarms.Contains(kind) ? JournalSeverity.Alarm
        : Warnings.Contains(kind[(kind.LastIndexOf('.') + 1)..]) ? JournalSeverity.Warning
        : JournalSeverity.Information;
}
