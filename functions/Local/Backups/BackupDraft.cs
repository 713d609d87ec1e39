using System.Security.Cryptography;

namespace SshFunctions.Local.Backups;

/// <summary>A backup that is being made: a file in a folder of its own, which only this user may enter and whose name nobody can know before.</summary>
internal sealed class BackupDraft : IDisposable
{
    /// <summary>What the folders' names begin with, so that those of a process that was killed are found.</summary>
    public const string Prefix = ".sshfn-backup-";

    private const int NameBytes = 8;
    private readonly string _folder;
    private readonly FileStatus _made;

    private BackupDraft(string folder, FileStatus made)
    {
        _folder = folder;
        _made = made;
    }

    /// <summary>The file.</summary>
    public string Path => System.IO.Path.Combine(_folder, "backup");

    /// <summary>Makes the folder, and an empty file in it.</summary>
    /// <exception cref="IOException">They can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be made.</exception>
    public static BackupDraft Make(string parent)
    {
        string folder = System.IO.Path.Combine(parent, Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes)));
        if (!Posix.TryMakeFolder(folder)) throw new IOException($"{folder} exists already");
        var draft = new BackupDraft(folder, StatusOf(folder));
        try
        {
            OwnFile.Create(draft.Path).Dispose();
            return draft;
        }
        catch
        {
            draft.Dispose();
            throw;
        }
    }

    /// <summary>Demands that folder and file are the ones that were made, so that keys may go in.</summary>
    /// <exception cref="IOException">They are not.</exception>
    public void RequireOwn()
    {
        FileStatus file = StatusOf(Path);
        if (!IsOurs || !file.IsRegular || file.Owner != Posix.CurrentUser || file.Mode != OwnFile.Mode)
            throw new IOException($"{Path} was exchanged while it was written");
    }

    /// <summary>Puts the file in its place, where there must be none.</summary>
    /// <exception cref="IOException">There is one, or it can't be put there.</exception>
    public void MoveTo(string path)
    {
        RequireOwn();
        // By a link, so that of two backups at once to one place the second fails.
        File.Move(Path, path, overwrite: false);
        Posix.Flush(System.IO.Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes what is left, and nothing that another put there.</summary>
    public void Dispose()
    {
        if (IsOurs) Directory.Delete(_folder, recursive: true);
    }

    private bool IsOurs => Posix.TryLook(_folder) is { } now && now.Device == _made.Device && now.Number == _made.Number;

    private static FileStatus StatusOf(string path) => Posix.TryLook(path) ?? throw new IOException($"{path} is gone");
}
