using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Access;

/// <summary>One approver's yes.</summary>
/// <param name="By">Who.</param>
/// <param name="At">UTC.</param>
/// <param name="Comment">What was said to it; null for nothing.</param>
public sealed record AccessApproval(Subject By, DateTimeOffset At, string? Comment);
