namespace SshFunctions.Core.Rotation;

/// <summary>The stored mark of a reminder that was given.</summary>
internal sealed record Reminder(DateTimeOffset Given);
