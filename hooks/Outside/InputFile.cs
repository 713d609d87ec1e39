using System.Text;

namespace SshFunctions.Hooks.Outside;

/// <summary>A file that the user named: what is wrong with it is told in one line, with what to do.</summary>
internal static class InputFile
{
    /// <summary>The text of a file of at most <paramref name="maximumBytes"/>; a longer one is refused.</summary>
    internal static string Read(string path, int maximumBytes)
    {
        RefuseFolder(path);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            byte[] buffer = new byte[maximumBytes + 1];
            int length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= maximumBytes
                ? Encoding.UTF8.GetString(buffer, 0, length)
                : throw new CommandFailedException(ExitCode.Failed, $"{path} is too large", "is it the right file?");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path} does not exist", "is the path right?");
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path} can't be read: permission denied", $"ls -ld {path}");
        }
        catch (IOException)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path} can't be read", $"ls -ld {path}");
        }
    }

    internal static void RefuseFolder(string path)
    {
        if (Directory.Exists(path))
            throw new CommandFailedException(ExitCode.Failed, $"{path} is a folder", "name a file in it");
    }

    /// <summary>Whether the group or everybody may read it.</summary>
    internal static bool IsReadableByOthers(string path) =>
        File.Exists(path) && (Files.Mode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;
}
