using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Local;

/// <summary>The few calls of the C library that .NET has no word for.</summary>
internal static partial class Posix
{
    private const int AtCurrentFolder = -100;
    private const uint OwnerWanted = 0x8;
    private const uint NumberWanted = 0x100;
    private const int ReadOnlyCloseOnExec = 0x80000;

    // sys/file.h: LOCK_EX | LOCK_NB.
    private const int ExclusiveAtOnce = 0x2 | 0x4;

    // linux/stat.h: struct statx has 256 bytes, alike on every architecture, stx_uid at byte 20 and stx_ino at byte 32.
    private const int StatusBytes = 256;
    private const int OwnerOffset = 20;
    private const int NumberOffset = 32;

    /// <summary>errno when another open file has the lock.</summary>
    public const int WouldBlock = 11;

    /// <summary>User that this process acts as.</summary>
    public static uint CurrentUser => GetEffectiveUser();

    /// <summary>User that owns a file or folder.</summary>
    /// <exception cref="IOException">It can't be looked at.</exception>
    public static uint Owner(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        if (Status(AtCurrentFolder, path, 0, OwnerWanted, ref status[0]) != 0) throw LastError(path);
        return BitConverter.ToUInt32(status[OwnerOffset..]);
    }

    /// <summary>Number that tells two files of one folder apart, whatever they are called.</summary>
    /// <exception cref="IOException">It can't be looked at.</exception>
    public static ulong FileNumber(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        if (Status(AtCurrentFolder, path, 0, NumberWanted, ref status[0]) != 0) throw LastError(path);
        return BitConverter.ToUInt64(status[NumberOffset..]);
    }

    /// <summary>Opens a file to read without asking for a lock, as .NET always does.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static SafeFileHandle OpenUnlocked(string path)
    {
        int descriptor = Open(path, ReadOnlyCloseOnExec);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LastError(path);
    }

    /// <summary>Opens a folder and locks it for this process; the kernel drops the lock with the handle.</summary>
    /// <returns>The handle; null when another open handle has the lock.</returns>
    /// <exception cref="IOException">It can't be opened, or its file system has no locks.</exception>
    public static SafeFileHandle? TryLockFolder(string path)
    {
        SafeFileHandle folder = OpenUnlocked(path);
        if (Lock(folder, ExclusiveAtOnce) == 0) return folder;
        int error = Marshal.GetLastPInvokeError();
        folder.Dispose();
        return error == WouldBlock ? null : throw new IOException($"{path} can't be locked: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>Makes the names in a folder durable; the content of its files is their writers' matter.</summary>
    /// <exception cref="IOException">It can't be opened or written.</exception>
    public static void Flush(string folder)
    {
        using SafeFileHandle handle = OpenUnlocked(folder);
        if (Synchronize(handle) != 0) throw LastError(folder);
    }

    private static IOException LastError(string path) => new($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
