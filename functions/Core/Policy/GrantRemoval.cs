namespace SshFunctions.Core.Policy;

/// <summary>A grant that is gone, while what it gave is not yet taken back; goes with the last of that.</summary>
/// <param name="Grant">Which.</param>
/// <param name="At">When it was about to be removed.</param>
/// <param name="Reason">Why what was minted under it is revoked; null when that lives on.</param>
internal sealed record GrantRemoval(GrantId Grant, DateTimeOffset At, string? Reason);
