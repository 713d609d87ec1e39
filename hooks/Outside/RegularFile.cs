using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>Reads files that somebody else may have put something in the place of.</summary>
internal static class RegularFile
{
    private const int LargestBytes = 64 * 1024 * 1024;

    /// <summary>The content; null when there is no file, or a folder; anything else, such as a pipe, is refused and not waited for.</summary>
    internal static byte[]? Read(string path)
    {
        int descriptor = Libc.Open(path, (int)(OpenMode.Read | OpenMode.DoNotWait | OpenMode.NoTerminal | OpenMode.CloseOnExecute), 0);
        if (descriptor < 0)
            return Missing(path, Libc.LastError);
        using SafeFileHandle file = new(descriptor, ownsHandle: true);
        if (FileState.Of(file, out FileState state) != Errno.None)
            throw new IOException($"{path} can't be looked at");
        if (state.IsFolder)
            return null;
        if (!state.IsFile || state.Size > LargestBytes)
            throw new IOException(state.IsFile ? $"{path} is too large" : $"{path} is not a file");
        byte[] content = new byte[state.Size];
        int length = 0;
        for (int count = 1; count > 0 && length < content.Length; length += count)
            count = RandomAccess.Read(file, content.AsSpan(length), length);
        return length == content.Length ? content : content[..length];
    }

    private static byte[]? Missing(string path, Errno error) => error switch
    {
        Errno.NoEntry or Errno.NotFolder => null,
        Errno.AccessDenied => throw new UnauthorizedAccessException($"{path} can't be read: permission denied"),
        Errno.TooManyOpenFiles => throw new IOException($"{path} can't be opened: too many open files"),
        _ => throw new IOException($"{path} can't be opened"),
    };
}
