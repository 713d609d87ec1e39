namespace SshFunctions.Core.Revocations;

/// <summary>What a request to revoke put in force.</summary>
/// <param name="ListVersion">The version from which on the revocation list holds it.</param>
/// <param name="Revocations">What it names.</param>
public sealed record RevokedAccess(long ListVersion, IReadOnlyList<Revocation> Revocations);
