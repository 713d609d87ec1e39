using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>An open regular file.</summary>
internal sealed class OpenFile(SafeFileHandle handle) : OpenEntry(handle)
{
    /// <summary>Reads at an offset; a count of 0 is the end.</summary>
    internal Errno Read(Span<byte> content, long offset, out int count)
    {
        nint read;
        do
            read = Libc.ReadAt(Handle, content, (nuint)content.Length, offset);
        while (read < 0 && Libc.LastError == Errno.Interrupted);
        count = (int)Math.Max(0, read);
        return read < 0 ? Libc.LastError : Errno.None;
    }

    /// <summary>Writes all of it at an offset, or at the end of a file opened to append.</summary>
    internal Errno Write(ReadOnlySpan<byte> content, long offset)
    {
        while (!content.IsEmpty)
        {
            nint written = Libc.WriteAt(Handle, content, (nuint)content.Length, offset);
            if (written < 0 && Libc.LastError != Errno.Interrupted)
                return Libc.LastError;
            content = content[(int)Math.Max(0, written)..];
            offset += Math.Max(0, written);
        }

        return Errno.None;
    }

    internal Errno SetSize(long size) => Libc.Truncate(Handle, size) == 0 ? Errno.None : Libc.LastError;

    internal Errno Flush() => Libc.Flush(Handle) == 0 ? Errno.None : Libc.LastError;
}
