namespace SshFunctions.Api;

/// <summary>A token that enrolls one host once, without its secret.</summary>
/// <param name="Id">Public half.</param>
/// <param name="Resource">Path of the resource that the host becomes.</param>
/// <param name="Instance">Which numbered instance of it; null for the resource as a whole.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="Created">UTC.</param>
/// <param name="Expires">UTC, exclusive.</param>
/// <param name="Host">The host that it enrolled; null while it is unused.</param>
public sealed record EnrollmentTokenResponse(
    string Id, string Resource, int? Instance, string CreatedBy, DateTimeOffset Created, DateTimeOffset Expires, string? Host = null);
