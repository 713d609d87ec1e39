namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>What came of an enrollment.</summary>
/// <param name="Settings">What was decided.</param>
/// <param name="Changes">Files of the system that differ now.</param>
/// <param name="Reload">What became of sshd, for people.</param>
internal sealed record Enrolled(HostSettings Settings, IReadOnlyList<SystemChange> Changes, string Reload);
