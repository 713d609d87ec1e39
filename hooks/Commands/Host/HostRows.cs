using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>The members of an enrolled host as people read them.</summary>
internal static class HostRows
{
    internal static (string, string?)[] Of(HostResponse host) =>
    [
        ("id", host.Id), ("resource", Place(host.Resource, host.Instance)), ("name", host.Name),
        ("host keys", string.Join(' ', host.HostKeys)),
        ("enrolled by", host.EnrolledBy), ("enrolled", Moment.Text(host.Enrolled)),
        ("trust bundle", Version(host.Report?.TrustVersion)), ("revocation list", Version(host.Report?.RevocationListVersion)),
        ("sshd", host.Report?.SshdVersion), ("sshfn", host.Report?.SshfnVersion),
        ("last report", host.Report is { } report ? Moment.Text(report.Received) : "never"),
    ];

    /// <summary>The resource, and its instance where there is one.</summary>
    internal static string Place(string resource, int? instance) =>
        instance is { } number ? $"{resource}#{number.ToString(CultureInfo.InvariantCulture)}" : resource;

    internal static string? Version(long? version) => version?.ToString(CultureInfo.InvariantCulture);

    /// <summary>How long ago a host reported, in its largest unit; <c>never</c> before its first report.</summary>
    internal static string Age(HostReport? report, DateTimeOffset now) => report is null ? "never" : (now - report.Received) switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalSeconds: < 120 } age => $"{age.TotalSeconds:F0} s",
        { TotalMinutes: < 120 } age => $"{age.TotalMinutes:F0} min",
        { TotalHours: < 48 } age => $"{age.TotalHours:F0} h",
        var age => $"{age.TotalDays:F0} d",
    };
}
