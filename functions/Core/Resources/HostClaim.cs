namespace SshFunctions.Core.Resources;

/// <summary>Says which resource an address belongs to.</summary>
/// <param name="Path">The resource.</param>
internal sealed record HostClaim(ResourcePath Path);
