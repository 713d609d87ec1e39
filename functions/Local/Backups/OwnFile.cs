namespace SshFunctions.Local.Backups;

/// <summary>Makes files of mode 0600, whatever the umask is.</summary>
internal static class OwnFile
{
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes one where there is none.</summary>
    /// <exception cref="IOException">There is one, or it can't be made.</exception>
    public static FileStream Create(string path)
    {
        var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mode });
        try
        {
            // A umask that takes from the owner too would leave less.
            File.SetUnixFileMode(file.SafeFileHandle, Mode);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes the content of one durable that another wrote by its name.</summary>
    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Flush(flushToDisk: true);
    }
}
