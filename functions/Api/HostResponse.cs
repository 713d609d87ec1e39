namespace SshFunctions.Api;

/// <summary>An enrolled host.</summary>
/// <param name="Id">16 characters of <c>a-z 2-7</c>; its subject is <c>host:ID</c>.</param>
/// <param name="Resource">Path of the resource it is.</param>
/// <param name="Instance">Which numbered instance; null for the resource as a whole.</param>
/// <param name="Name">What the machine called itself when it was enrolled; null for nothing.</param>
/// <param name="HostKeys">Fingerprints of its host keys.</param>
/// <param name="EnrolledBy">Who made the enrollment token, or the machine identity that proved itself.</param>
/// <param name="Enrolled">UTC.</param>
/// <param name="Report">What it last said of itself; null before its first report.</param>
public sealed record HostResponse(
    string Id,
    string Resource,
    int? Instance,
    string? Name,
    IReadOnlyList<string> HostKeys,
    string EnrolledBy,
    DateTimeOffset Enrolled,
    HostReport? Report = null);
