namespace SshFunctions.Api;

/// <summary>How far the rotation of a purpose is.</summary>
/// <param name="Purpose"><c>user-ca</c>, <c>host-ca</c> or <c>journal</c>.</param>
/// <param name="State"><c>idle</c>, <c>staged</c>, <c>published</c>, <c>retiring</c> or <c>rolled-back</c>.</param>
/// <param name="TrustVersion">Version of the trust bundle.</param>
/// <param name="Keys">The keys of the purpose, oldest first; of retired ones the last ten.</param>
/// <param name="Emergency">Whether it waits for nobody.</param>
/// <param name="Started">UTC; null for idle.</param>
/// <param name="StartedBy">Subject; <c>system</c> for the schedule; null for idle.</param>
/// <param name="Waits">What it waits for; null for nothing.</param>
/// <param name="Until">When that ends at the earliest, UTC; null when it is not a matter of time.</param>
/// <param name="RolledBack">Why the old key signs again; null where it does not.</param>
/// <param name="HoldingHosts">Hosts that hold what they must; null where they are not asked.</param>
/// <param name="ReportingHosts">Hosts that report; null where they are not asked.</param>
/// <param name="LaggardCount">Hosts that hold it up, or were or would be left behind.</param>
/// <param name="Laggards">The first 200 of them.</param>
/// <param name="DryRun">Whether nothing was done.</param>
public sealed record KeyRotationResponse(
    string Purpose,
    string State,
    long TrustVersion,
    IReadOnlyList<SigningKeyResponse> Keys,
    bool Emergency,
    DateTimeOffset? Started,
    string? StartedBy,
    string? Waits,
    DateTimeOffset? Until,
    string? RolledBack,
    int? HoldingHosts,
    int? ReportingHosts,
    int LaggardCount,
    IReadOnlyList<LaggardResponse> Laggards,
    bool DryRun);
