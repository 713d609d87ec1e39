namespace SshFunctions.Api;

/// <summary>A host that does not hold what it must.</summary>
/// <param name="Host">Its identifier.</param>
/// <param name="Resource">Path of what it is.</param>
/// <param name="Name">What the machine calls itself; null for nothing.</param>
/// <param name="LastReport">UTC; its enrollment before the first.</param>
/// <param name="TrustVersion">Version of the trust bundle in force there; 0 before the first report.</param>
/// <param name="Silent">Whether it has not reported for too long.</param>
/// <param name="Refusal">Why it refuses the broker's bundle, in its own words; null where it does not.</param>
public sealed record LaggardResponse(
    string Host, string Resource, string? Name, DateTimeOffset LastReport, long TrustVersion, bool Silent, string? Refusal);
