using SshFunctions.Core;

namespace SshFunctions.Local.Backups;

/// <summary>A folder in which nobody but its owner can put another file in a file's place.</summary>
internal static class TrustedFolder
{
    private const uint Root = 0;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Who could rename what is made there: the owner of a folder above it, or whoever may write to one that is not sticky.</summary>
    /// <param name="real">The folder, without symbolic links.</param>
    /// <returns>Null when nobody could but this user, root, and the owner of the file system's root.</returns>
    /// <exception cref="IOException">One of the folders can't be looked at.</exception>
    public static Refusal.Invalid? Objection(string real)
    {
        uint machine = Posix.Owner("/");
        for (string? folder = real; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            FileStatus status = Posix.TryLook(folder) ?? throw new IOException($"{folder} is gone");
            if (status.Owner != Root && status.Owner != machine && status.Owner != Posix.CurrentUser)
            {
                return new Refusal.Invalid(
                    "to",
                    $"folder {folder} belongs to user {status.Owner}, who could put another file in the backup's place while the CA keys are written",
                    $"name a folder of user {Posix.CurrentUser}, and copy the backup from there");
            }

            if ((status.Mode & OthersWrite) != 0 && (status.Mode & UnixFileMode.StickyBit) == 0)
            {
                return new Refusal.Invalid(
                    "to",
                    $"folder {folder} may be changed by others (mode {Convert.ToString((int)status.Mode, 8)}), who could put another file in the backup's place while the CA keys are written",
                    $"chmod go-w {folder}, or name a folder that is yours alone");
            }
        }

        return null;
    }
}
