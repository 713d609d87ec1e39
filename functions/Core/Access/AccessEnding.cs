using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Access;

/// <summary>How a request ends. Once it is there, the grant is gone; the state follows when what was minted under it is revoked.</summary>
/// <param name="Cause">Why.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">UTC.</param>
/// <param name="Reason">In the words of who did it; null for none.</param>
public sealed record AccessEnding(AccessEndingCause Cause, Subject By, DateTimeOffset At, string? Reason);
