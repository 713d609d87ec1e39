using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>A file or folder that is held open, or only named; what is done to it can't land on another that takes its place.</summary>
internal abstract class OpenEntry(SafeFileHandle handle) : IDisposable
{
    private const int CurrentFolder = -100;

    protected SafeFileHandle Handle { get; } = handle;

    // A descriptor that only names a thing takes no fchmod; its link in /proc does, and it leads to the thing itself whatever its path is now.
    private string Path => string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{Handle.DangerousGetHandle()}");

    internal Errno State(out FileState state) => FileState.Of(Handle, out state);

    internal Errno SetMode(uint mode) => Libc.ChangeMode(Path, mode) == 0 ? Errno.None : Libc.LastError;

    /// <summary>Sets both times, in seconds since 1970, UTC.</summary>
    internal Errno SetTimes(uint accessed, uint modified) =>
        Libc.ChangeTimes(CurrentFolder, Path, [accessed, 0, modified, 0], 0) == 0 ? Errno.None : Libc.LastError;

    /// <summary>The text of a link; it leads nowhere here.</summary>
    internal Errno ReadLink(out ReadOnlySpan<byte> text)
    {
        byte[] buffer = new byte[4096];
        nint length = Libc.ReadLinkAt(Handle, "\0"u8, buffer, (nuint)buffer.Length);
        text = length < 0 ? default : buffer.AsSpan(0, (int)length);
        return length < 0 ? Libc.LastError : Errno.None;
    }

    public void Dispose() => Handle.Dispose();
}
