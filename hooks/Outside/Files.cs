using System.Text;

namespace SshFunctions.Hooks.Outside;

/// <summary>Files: every write is a temporary file renamed over the old one, so that no reader sees half of it.</summary>
internal static class Files
{
    internal const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    internal const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;
    internal const UnixFileMode Readable = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // The kernel stamps files by a clock that lags the one that is read by up to a tick, and file systems round.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);

    internal static bool Exists(string path) => File.Exists(path);

    /// <summary>The bytes of a file as text that turns back into the same bytes; null when there is no file.</summary>
    internal static string? ReadBytesAsText(string path) => RegularFile.Read(path) is { } content ? Encoding.Latin1.GetString(content) : null;

    /// <summary>The text of a file, without the mark that Windows programs put before UTF-8; null when there is no file.</summary>
    internal static string? Read(string path) => RegularFile.Read(path) is { } content
        ? Encoding.UTF8.GetString(content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content.AsSpan(Encoding.UTF8.Preamble.Length) : content)
        : null;

    internal static byte[] ReadBytes(string path) => File.ReadAllBytes(path);

    internal static void Write(string path, string text, UnixFileMode mode) => Write(path, Encoding.UTF8.GetBytes(text), mode);

    internal static void Write(string path, byte[] content, UnixFileMode mode)
    {
        string temporary = $"{path}.{Environment.ProcessId}.new";
        File.Delete(temporary);
        // A file that is too large for the limit that somebody set is an error to tell, and no reason to be killed.
        _ = Libc.Signal(Libc.FileSizeSignal, Libc.IgnoreSignal);
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode };
            using (FileStream stream = new(temporary, options))
            {
                File.SetUnixFileMode(stream.SafeFileHandle, mode);
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            Rename(temporary, path);
        }
        catch (ArgumentOutOfRangeException)
        {
            // So .NET tells EFBIG.
            throw new IOException($"{temporary} can't be written: this process may write no larger file (ulimit -f)");
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    internal static void Rename(string from, string to)
    {
        if (Libc.Rename(from, to) != 0)
            throw new IOException($"{from} can't be renamed to {to}");
    }

    /// <summary>Removes a file, when there is one, and a folder to hold it.</summary>
    internal static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Then there is no file either.
        }
    }

    internal static UnixFileMode Mode(string path) => File.GetUnixFileMode(path);

    internal static DateTimeOffset Written(string path) => new(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);

    /// <summary>Whether a file was written within <paramref name="life"/>; a time that has yet to come is no proof of it.</summary>
    internal static bool IsYoung(string path, TimeSpan life)
    {
        TimeSpan age = Clock.Now - Written(path);
        return File.Exists(path) && age >= -ClockSlack && age < life;
    }

    /// <summary>The file that a chain of links leads to; the path itself when it is none.</summary>
    internal static string Target(string path) =>
        File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;

    /// <summary>A second name for a file, so that it keeps its age.</summary>
    internal static void Link(string existing, string path)
    {
        if (Libc.Link(existing, path) == 0)
            return;
        File.Copy(existing, path);
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(existing));
    }

    /// <summary>Makes <paramref name="path"/> lead to <paramref name="target"/>, replacing what it led to in one step.</summary>
    internal static void PointTo(string path, string target)
    {
        string temporary = $"{path}.new";
        File.Delete(temporary);
        File.CreateSymbolicLink(temporary, target);
        Rename(temporary, path);
    }

    internal static IEnumerable<string> FolderNames(string path) =>
        Directory.Exists(path) ? Directory.EnumerateDirectories(path).Select(name => Path.GetFileName(name)) : [];

    /// <summary>The paths of the files in a folder; none when there is no folder.</summary>
    internal static string[] In(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder) : [];

    /// <summary>Makes a folder and those above it that are missing, each this user's alone whatever the umask is.</summary>
    internal static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        if (Path.GetDirectoryName(path) is { Length: > 0 } above)
            CreateFolder(above);
        Directory.CreateDirectory(path, PrivateFolder);
        File.SetUnixFileMode(path, PrivateFolder);
    }

    /// <summary>Removes what writers that were killed left beside a file.</summary>
    internal static void DeleteUnfinished(string path)
    {
        foreach (string left in In(Path.GetDirectoryName(path)!).Where(name => name.StartsWith(path + ".", StringComparison.Ordinal) && name.EndsWith(".new", StringComparison.Ordinal)))
            Delete(left);
    }

    /// <summary>A new folder of this user's alone.</summary>
    internal static string CreateTemporaryFolder() => Directory.CreateTempSubdirectory("sshfn-").FullName;

    internal static void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
