using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Local;

/// <summary>What a file or folder is, whose it is, and which.</summary>
internal static partial class Posix
{
    private const int NoFollow = 0x100;
    private const int ItselfIsOpen = 0x1000;
    private const uint BasicWanted = 0x7ff;
    private const int NonBlocking = 0x800;
    private const int NoEntry = 2;
    private const int Exists = 17;
    private const int NoFolder = 20;
    private const int LongestPathBytes = 4096;
    private const uint OwnerFolderMode = 0x1C0;

    // linux/stat.h: stx_mode at byte 28, stx_dev_major and stx_dev_minor at 136 and 140.
    private const int ModeOffset = 28;
    private const int DeviceOffset = 136;

    /// <summary>Looks at what a name leads to; not through a symbolic link.</summary>
    /// <returns>Null where there is nothing.</returns>
    /// <exception cref="IOException">It can't be looked at.</exception>
    public static FileStatus? TryLook(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        if (Status(AtCurrentFolder, path, NoFollow, BasicWanted, ref status[0]) == 0) return StatusIn(status);
        return Marshal.GetLastPInvokeError() is NoEntry or NoFolder ? null : throw LastError(path);
    }

    /// <summary>Looks at an open file.</summary>
    /// <exception cref="IOException">It can't be looked at.</exception>
    public static FileStatus Look(SafeFileHandle file)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        return Status(file, "", ItselfIsOpen, BasicWanted, ref status[0]) == 0 ? StatusIn(status) : throw LastError("an open file");
    }

    /// <summary>Opens whatever a name leads to, to read, and waits for nobody: a pipe that none writes to opens too.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static SafeFileHandle OpenAtOnce(string path)
    {
        int descriptor = Open(path, ReadOnlyCloseOnExec | NonBlocking);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LastError(path);
    }

    /// <summary>Makes a folder of this user's alone, whatever the umask is.</summary>
    /// <returns>False where the name is taken.</returns>
    /// <exception cref="IOException">It can't be made.</exception>
    public static bool TryMakeFolder(string path)
    {
        if (MakeFolder(path, OwnerFolderMode) != 0) return Marshal.GetLastPInvokeError() == Exists ? false : throw LastError(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return true;
    }

    /// <summary>The path without symbolic links.</summary>
    /// <exception cref="IOException">It leads nowhere, or may not be followed.</exception>
    public static string RealPath(string path)
    {
        Span<byte> real = stackalloc byte[LongestPathBytes];
        if (RealPath(path, ref real[0]) == nint.Zero) throw LastError(path);
        return Encoding.UTF8.GetString(real[..real.IndexOf((byte)0)]);
    }

    private static FileStatus StatusIn(ReadOnlySpan<byte> status) => new(
        BitConverter.ToUInt32(status[OwnerOffset..]),
        BitConverter.ToUInt16(status[ModeOffset..]),
        BitConverter.ToUInt64(status[DeviceOffset..]),
        BitConverter.ToUInt64(status[NumberOffset..]));

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(SafeFileHandle file, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFolder(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, ref byte resolved);
}
