namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>What it takes to put one file of the system back.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Original">SHA-256 of what was there, hexadecimal; null: there was no file.</param>
/// <param name="Backup">Name of the copy in the backup folder; null when there was no file.</param>
/// <param name="Mode">Of what was there.</param>
/// <param name="User">Of what was there.</param>
/// <param name="Group">Of what was there.</param>
/// <param name="Written">SHA-256 of all that sshfn may have put there; everything else is somebody else's.</param>
/// <param name="AfterReload">Whether it is put back only when sshd no longer takes passcodes: until then its PAM service must ask for them.</param>
internal sealed record UndoFile(
    string Path, string? Original, string? Backup, int Mode, uint User, uint Group, IReadOnlyList<string> Written, bool AfterReload);
