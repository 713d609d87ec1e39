using SshFunctions.Core.Hosts;

namespace SshFunctions.Core.Rotation;

/// <summary>What a rotation needs to know of a host.</summary>
/// <param name="Host">Which.</param>
/// <param name="Resource">Path of what it is.</param>
/// <param name="Name">What the machine calls itself; null for nothing.</param>
/// <param name="LastReport">UTC, the broker's clock; its enrollment before the first.</param>
/// <param name="TrustVersion">Version of the trust bundle in force there; 0 before the first report.</param>
/// <param name="Refused">When it last told that it refuses what the broker's keys say, UTC; null for never.</param>
/// <param name="Refusal">Why, in its own words.</param>
public sealed record SurveyedHost(
    HostId Host, string Resource, string? Name, DateTimeOffset LastReport, long TrustVersion, DateTimeOffset? Refused, string? Refusal)
{
    /// <summary>Takes what matters of a host.</summary>
    /// <param name="host">The host.</param>
    /// <returns>The rest.</returns>
    public static SurveyedHost Of(EnrolledHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new SurveyedHost(
            host.Id, host.Resource.Text, host.Name, host.State?.Received ?? host.Enrolled, host.State?.TrustVersion ?? 0,
            host.TrustRefusal?.Received, host.TrustRefusal?.Detail);
    }
}
