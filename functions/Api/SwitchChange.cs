namespace SshFunctions.Api;

/// <summary>The last change of an SSH switch.</summary>
/// <param name="By">Who changed it.</param>
/// <param name="At">UTC.</param>
/// <param name="Reason">Why; null when nobody said.</param>
public sealed record SwitchChange(string By, DateTimeOffset At, string? Reason);
