namespace SshFunctions.Api;

/// <summary>Body of CreateEnrollmentToken.</summary>
/// <param name="Resource">Path of the resource that the host shall be.</param>
/// <param name="Instance">Which numbered instance of it; absent: the resource as a whole.</param>
/// <param name="LifetimeSeconds">How long it can be used, 60 to 86400; absent: 3600.</param>
public sealed record CreateEnrollmentTokenRequest(string Resource, int? Instance = null, int? LifetimeSeconds = null);
