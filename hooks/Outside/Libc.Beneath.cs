using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>The calls that name a file by an open folder and a path below it. A path here is bytes that end in NUL.</summary>
internal static partial class Libc
{
    // Numbers that every architecture shares. Source: include/uapi/asm-generic/unistd.h.
    private const nint OpenAt2Call = 437;

    internal static Errno LastError => (Errno)Marshal.GetLastPInvokeError();

    internal static nint OpenAt2(nint folder, ReadOnlySpan<byte> path, in OpenHow how, nint size) =>
        SystemCall(OpenAt2Call, folder, path, in how, size);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    internal static unsafe partial int StatxBelow(SafeFileHandle folder, ReadOnlySpan<byte> path, int flags, uint mask, byte* result);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    internal static partial nint ReadLinkAt(SafeFileHandle folder, ReadOnlySpan<byte> path, Span<byte> text, nuint size);

    [LibraryImport("libc", EntryPoint = "readlink", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial nint ReadLink(string path, Span<byte> text, nuint size);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    internal static partial int MakeFolderAt(SafeFileHandle folder, ReadOnlySpan<byte> name, uint mode);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    internal static partial int UnlinkAt(SafeFileHandle folder, ReadOnlySpan<byte> name, int flags);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true)]
    internal static partial int RenameAt2(SafeFileHandle from, ReadOnlySpan<byte> name, SafeFileHandle to, ReadOnlySpan<byte> newName, uint flags);

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    internal static partial nint ReadEntries(SafeFileHandle folder, Span<byte> entries, nuint size);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    internal static partial nint ReadAt(SafeFileHandle file, Span<byte> content, nuint size, long offset);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    internal static partial nint WriteAt(SafeFileHandle file, ReadOnlySpan<byte> content, nuint size, long offset);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    internal static partial int Truncate(SafeFileHandle file, long size);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Flush(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int ChangeMode(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "utimensat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int ChangeTimes(int folder, string path, ReadOnlySpan<long> times, int flags);

    [LibraryImport("libc", EntryPoint = "fchdir", SetLastError = true)]
    internal static partial int EnterFolder(SafeFileHandle folder);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int DescriptorFlags(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint folder, ReadOnlySpan<byte> path, in OpenHow how, nint size);

    /// <summary>struct open_how of openat2(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct OpenHow(ulong Flags, ulong Mode, ulong Resolve);
}
