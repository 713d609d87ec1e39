using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Access;

/// <summary>Somebody looked into an emergency afterwards.</summary>
/// <param name="By">Who.</param>
/// <param name="At">UTC.</param>
/// <param name="Note">What was found.</param>
public sealed record AccessReview(Subject By, DateTimeOffset At, string Note);
