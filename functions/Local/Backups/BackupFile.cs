using Microsoft.Win32.SafeHandles;
using SshFunctions.Core;

namespace SshFunctions.Local.Backups;

/// <summary>A backup on its way back: whoever can write it owns the broker that is restored from it, so it must be what keys must be.</summary>
internal static class BackupFile
{
    private const uint Root = 0;
    private const int BufferBytes = 1024 * 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Copies one to where nobody can change it any more, and without the journals that SQLite would take up beside it.</summary>
    /// <param name="path">The backup, absolute.</param>
    /// <param name="copy">Where; must not exist.</param>
    /// <returns>Null when it did.</returns>
    /// <exception cref="IOException">The copy can't be written.</exception>
    public static Refusal? CopyTo(string path, string copy)
    {
        if (!OpenToRead(path).Try(out SafeFileHandle? source, out Refusal? refusal)) return refusal;
        using (source)
        {
            if (Objection(path, Posix.Look(source)) is { } objection) return objection;
            using var from = new FileStream(source, FileAccess.Read, 0);
            using FileStream to = OwnFile.Create(copy);
            from.CopyTo(to, BufferBytes);
            return null;
        }
    }

    private static Result<SafeFileHandle> OpenToRead(string path)
    {
        try
        {
            if (!Path.Exists(path) && Posix.TryLook(path) is null) return new Refusal.NotFound($"there is no file {path}", "name a backup that sshfn-broker backup made");
            return Posix.OpenAtOnce(path);
        }
        catch (IOException fault)
        {
            return new Refusal.Invalid("from", $"backup {path} can't be read: {fault.Message}", "run this as the user that owns the backup, or root");
        }
    }

    private static Refusal.Invalid? Objection(string path, FileStatus status)
    {
        if (!status.IsRegular) return new Refusal.Invalid("from", $"{path} is no regular file", "name a file that sshfn-broker backup made");
        if (status.Owner != Root && status.Owner != Posix.CurrentUser)
        {
            return new Refusal.Invalid(
                "from",
                $"backup {path} belongs to user {status.Owner}: whoever can write a backup owns the broker that is restored from it",
                $"if nobody can have changed it: chown {Posix.CurrentUser} {path}");
        }

        return (status.Mode & Others) == 0
            ? null
            : new Refusal.Invalid(
                "from",
                $"backup {path} is open to other users of this machine (mode {Convert.ToString((int)status.Mode, 8)}), and holds the CA keys",
                $"if nobody can have changed it: chmod 600 {path}, and rotate the keys if others may have read it");
    }
}
