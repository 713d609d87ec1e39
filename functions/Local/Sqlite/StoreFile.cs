using SQLitePCL;

namespace SshFunctions.Local.Sqlite;

/// <summary>The store's file, and whether it is still the one that was opened.</summary>
internal sealed class StoreFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ulong _number;

    private StoreFile(string path, ulong number)
    {
        Path = path;
        _number = number;
    }

    public string Path { get; }

    /// <summary>Makes file, folder and tables where they are absent; refuses another program's or version's.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    /// <exception cref="SqliteException">It is damaged, or not of this program and version.</exception>
    public static StoreFile Prepare(string path, SqliteSettings settings)
    {
        string folder = System.IO.Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, OwnerFile | UnixFileMode.UserExecute);

        // Never opens a file that exists: closing it would drop the locks of this process's other connections.
        // SQLite gives the two files beside it the mode of this one.
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerFile };
        if (!File.Exists(path)) new FileStream(path, create).Dispose();

        using SqliteConnection connection = SqliteConnection.Open(path, settings.BusyTimeout);
        SqliteSchema.Ensure(connection);
        SqliteSchema.UseWriteAheadLog(connection);
        return new StoreFile(path, Posix.FileNumber(path));
    }

    /// <summary>Refuses to write to a file that has no name any more: it would be gone with the process.</summary>
    /// <exception cref="SqliteException">The file was removed, or another put in its place.</exception>
    public void ThrowIfMoved()
    {
        if (File.Exists(Path) && Posix.FileNumber(Path) == _number) return;
        throw new SqliteException(
            raw.SQLITE_READONLY_DBMOVED, $"{Path} was removed or replaced while it was open; put it back, or restart the broker");
    }
}
