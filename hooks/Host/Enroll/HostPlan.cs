namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>What enrolling will do to this machine.</summary>
/// <param name="DropIn">What sshd will be told.</param>
/// <param name="Main">The text of sshd's own configuration, bytes as Latin-1.</param>
/// <param name="Changes">Files outside the host's own folder, in the order in which they are changed.</param>
/// <param name="Keys">The host keys to be certified.</param>
/// <param name="PamService">The PAM service that is written; null for none.</param>
/// <param name="PidFile">Where sshd writes its process id; null for nowhere.</param>
internal sealed record HostPlan(
    DropIn DropIn, string Main, IReadOnlyList<SystemChange> Changes, IReadOnlyList<HostKeyFile> Keys, string? PamService, string? PidFile);
