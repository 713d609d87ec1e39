namespace SshFunctions.Api;

/// <summary>One approver's yes.</summary>
/// <param name="By">Who.</param>
/// <param name="At">UTC.</param>
/// <param name="Comment">What was said to it; null for nothing.</param>
public sealed record AccessApprovalResponse(string By, DateTimeOffset At, string? Comment);
