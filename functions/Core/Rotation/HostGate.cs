using System.Collections.Immutable;

namespace SshFunctions.Core.Rotation;

/// <summary>Whether the hosts are ready for a key, by what they reported.</summary>
/// <param name="HoldingCount">Hosts that hold it.</param>
/// <param name="ReportingCount">Hosts that report, those included.</param>
/// <param name="Laggards">The others, silent ones last.</param>
/// <param name="IsOpen">Whether enough hold it.</param>
/// <param name="IsFailing">Whether so many refuse it that the fault is the key's and not a host's, and it can't open.</param>
public sealed record HostGate(int HoldingCount, int ReportingCount, ImmutableArray<Laggard> Laggards, bool IsOpen, bool IsFailing)
{
    // A single host that lies, or is broken, must not take back what all others wait for: it only holds it up.
    private const int FewestFailingHosts = 2;
    private const int LargestTolerablePercent = 10;

    /// <summary>How many hosts told that they refuse it.</summary>
    public int FailingCount => Laggards.Count(laggard => laggard.IsFailing);

    /// <summary>Looks at the hosts.</summary>
    /// <param name="hosts">All of them.</param>
    /// <param name="version">The version of the trust bundle that a host must report.</param>
    /// <param name="since">Since when a host's refusal counts against the key.</param>
    /// <param name="rules">The operator's.</param>
    /// <param name="now">UTC.</param>
    /// <returns>What they say.</returns>
    public static HostGate Of(IReadOnlyCollection<SurveyedHost> hosts, long version, DateTimeOffset since, RotationRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentNullException.ThrowIfNull(rules);
        SurveyedHost[] reporting = [.. hosts.Where(host => host.LastReport > now - rules.SilentAfter)];
        int holding = reporting.Count(host => host.TrustVersion >= version);
        Laggard[] behind = [.. reporting.Where(host => host.TrustVersion < version).Select(host => new Laggard(host, false, host.Refused >= since))];
        Laggard[] silent = [.. hosts.Except(reporting).Where(host => host.TrustVersion < version).Select(host => new Laggard(host, true, false))];
        int failing = behind.Count(host => host.IsFailing);
        bool Suffice(int count) => count * 100L >= (long)rules.SharePercent * reporting.Length;
        return new HostGate(
            holding, reporting.Length, [.. behind, .. silent],
            Suffice(holding) && (silent.Length == 0 || rules.CutsOffSilentHosts),
            IsTheKeysFault(failing, reporting.Length) && !Suffice(reporting.Length - failing));
    }

    private static bool IsTheKeysFault(int failing, int reporting) =>
        failing > 0 && failing >= Math.Min(FewestFailingHosts, reporting) && failing * 100L > (long)LargestTolerablePercent * reporting;
}
