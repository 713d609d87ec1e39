namespace SshFunctions.Api;

/// <summary>Somebody looked into an emergency afterwards.</summary>
/// <param name="By">Who.</param>
/// <param name="At">UTC.</param>
/// <param name="Note">What was found.</param>
public sealed record AccessReviewResponse(string By, DateTimeOffset At, string Note);
