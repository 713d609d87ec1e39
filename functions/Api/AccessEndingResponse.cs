namespace SshFunctions.Api;

/// <summary>How an access request ended, or is about to.</summary>
/// <param name="Cause"><c>closed</c>, <c>time</c>, <c>grant</c> (its grant was removed or revoked by hand) or <c>denied</c>.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">UTC.</param>
/// <param name="Reason">In the words of who did it; null for none.</param>
public sealed record AccessEndingResponse(string Cause, string By, DateTimeOffset At, string? Reason);
