using System.Runtime.InteropServices;

namespace SshFunctions.Hooks.Outside;

/// <summary>The calls into the C library that .NET has no word for.</summary>
internal static partial class Libc
{
    internal const int LockExclusive = 2;
    internal const int LockNonBlocking = 4;
    internal const int Unlock = 8;
    internal const int BrokenPipeSignal = 13;
    internal const int FileSizeSignal = 25;
    internal const nint IgnoreSignal = 1;

    // O_RDWR | O_CREAT | O_CLOEXEC, the same on every architecture that .NET runs on.
    internal const int OpenOrCreate = 0x80042;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, ReadOnlySpan<byte> content, nuint size);

    // struct pollfd: int fd; short events; short revents. POLLOUT is 4. Source: poll(2).
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref ulong descriptors, nuint count, int timeout);

    internal static void WaitToWrite(int descriptor)
    {
        ulong entry = (uint)descriptor | (4ul << 32);
        _ = Poll(ref entry, 1, -1);
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int Flock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getppid")]
    internal static partial int ParentProcess();

    [LibraryImport("libc", EntryPoint = "getpwuid")]
    internal static partial nint PasswordEntry(uint user);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Link(string existing, string path);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "signal")]
    internal static partial nint Signal(int number, nint handler);

    // statx and not stat: its structure is the same on every architecture. Source: statx(2).
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* result);

    [LibraryImport("libc", EntryPoint = "execvp", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static unsafe partial int Execute(string file, byte** arguments);
}
