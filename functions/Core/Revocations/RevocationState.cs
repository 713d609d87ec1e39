namespace SshFunctions.Core.Revocations;

/// <summary>Version of the revocation list; every commit that changes a revocation replaces it, so the two never disagree.</summary>
internal sealed record RevocationState(long Version, DateTimeOffset Changed);
