using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>A folder and what lies below it: no path, link or race leads out of it.</summary>
/// <remarks>
/// Every path is walked by openat2 with RESOLVE_BENEATH: a link that leads out, every absolute link and every way up beyond the folder end
/// in <see cref="Errno.LeadsOut"/>. Paths are relative, <c>.</c> for the folder itself, and end in NUL. Source: openat2(2).
/// </remarks>
internal sealed partial class ConfinedFolder : IDisposable
{
    private const ulong Beneath = 0x08;
    private const ulong NoMagicLinks = 0x02;
    private const int HowBytes = 24;
    private const int AttemptCount = 8;

    private readonly SafeFileHandle _folder;

    private ConfinedFolder(SafeFileHandle folder) => _folder = folder;

    internal SafeFileHandle Handle => _folder;

    /// <summary>Its absolute path after all links, byte by byte as Latin-1; null when it has none.</summary>
    internal string? RealPath
    {
        get
        {
            byte[] text = new byte[4096];
            string link = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_folder.DangerousGetHandle()}");
            nint length = Libc.ReadLink(link, text, (nuint)text.Length);
            return length > 0 && length < text.Length && text[0] == '/' ? Encoding.Latin1.GetString(text, 0, (int)length) : null;
        }
    }

    /// <summary>Names a folder by its path, links followed; null when there is none that this process may enter.</summary>
    internal static ConfinedFolder? At(string path)
    {
        int descriptor = Libc.Open(path, (int)(OpenMode.NameOnly | OpenMode.Folder | OpenMode.CloseOnExecute), 0);
        return descriptor < 0 ? null : new ConfinedFolder(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>Makes it the folder this process is in.</summary>
    internal bool Enter() => Libc.EnterFolder(_folder) == 0;

    /// <summary>Opens a regular file; anything else is refused without waiting for it.</summary>
    internal Errno OpenFile(ReadOnlySpan<byte> path, ulong flags, uint mode, out OpenFile? file)
    {
        file = null;
        Errno error = Open(path, flags | OpenMode.DoNotWait | OpenMode.NoTerminal, mode, out SafeFileHandle? handle);
        if (error != Errno.None)
            return error;
        file = new OpenFile(handle!);
        error = file.State(out FileState state);
        if (error == Errno.None && state.IsFile)
            return Errno.None;
        file.Dispose();
        file = null;
        return error != Errno.None ? error : state.IsFolder ? Errno.IsFolder : Errno.NotPermitted;
    }

    internal Errno OpenFolder(ReadOnlySpan<byte> path, out OpenFolder? folder)
    {
        Errno error = Open(path, OpenMode.Read | OpenMode.Folder, 0, out SafeFileHandle? handle);
        folder = error == Errno.None ? new OpenFolder(handle!) : null;
        return error;
    }

    /// <summary>Names what lies at a path without opening it.</summary>
    internal Errno Name(ReadOnlySpan<byte> path, bool follow, out NamedEntry? entry)
    {
        Errno error = Open(path, OpenMode.NameOnly | (follow ? 0 : OpenMode.NoFollow), 0, out SafeFileHandle? handle);
        entry = error == Errno.None ? new NamedEntry(handle!) : null;
        return error;
    }

    public void Dispose() => _folder.Dispose();

    private Errno Open(ReadOnlySpan<byte> path, ulong flags, uint mode, out SafeFileHandle? handle)
    {
        handle = null;
        // openat2 refuses a mode where nothing is created.
        Libc.OpenHow how = new(flags | OpenMode.CloseOnExecute, (flags & OpenMode.Create) != 0 ? mode : 0, Beneath | NoMagicLinks);
        for (int attempt = 1; ; attempt++)
        {
            nint descriptor = Libc.OpenAt2(_folder.DangerousGetHandle(), path, in how, HowBytes);
            if (descriptor >= 0)
            {
                handle = new SafeFileHandle(descriptor, ownsHandle: true);
                return Errno.None;
            }

            // The kernel asks for another try when somebody renamed a folder while it walked through a link with ".." in it.
            if (Libc.LastError is not (Errno.TryAgain or Errno.Interrupted) || attempt == AttemptCount)
                return Libc.LastError;
        }
    }
}
