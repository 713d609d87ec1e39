namespace SshFunctions.Core.Certificates;

/// <summary>The stored form of before there were key rings: which keys were in force at the version. Read, never written.</summary>
internal sealed record TrustedKeysRecord(long Version, string UserCa, string HostCa, string Journal);
