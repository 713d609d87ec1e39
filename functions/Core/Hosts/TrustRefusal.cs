namespace SshFunctions.Core.Hosts;

/// <summary>A host's word that it does not take what the broker's keys say.</summary>
/// <param name="Received">UTC, the broker's clock.</param>
/// <param name="Detail">Why, in the host's words.</param>
public sealed record TrustRefusal(DateTimeOffset Received, string Detail);
