namespace SshFunctions.Core.Certificates;

/// <summary>The stored form: which keys were in force at the version.</summary>
internal sealed record TrustedKeysRecord(long Version, string UserCa, string HostCa, string Journal);
