using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>An exclusive lock between processes; the kernel frees it when its holder dies.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly SafeFileHandle _handle;

    private FileLock(SafeFileHandle handle, bool waited)
    {
        _handle = handle;
        Waited = waited;
    }

    /// <summary>Whether another process held it first.</summary>
    internal bool Waited { get; }

    /// <summary>Takes it at once; null when another process has it.</summary>
    internal static FileLock? TryTake(string path)
    {
        SafeFileHandle handle = Open(path, out int descriptor);
        if (Libc.Flock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) == 0)
            return new(handle, waited: false);
        handle.Dispose();
        return null;
    }

    internal static FileLock Take(string path)
    {
        SafeFileHandle handle = Open(path, out int descriptor);
        if (Libc.Flock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) == 0)
            return new(handle, waited: false);
        while (Libc.Flock(descriptor, Libc.LockExclusive) != 0)
        {
            if (Marshal.GetLastPInvokeError() == Libc.InterruptedSystemCall)
                continue;
            handle.Dispose();
            throw new IOException($"{path} can't be locked");
        }

        return new(handle, waited: true);
    }

    /// <summary>Frees it, also where a program that was started meanwhile has not yet closed its copy of the descriptor.</summary>
    public void Dispose()
    {
        if (!_handle.IsClosed)
            _ = Libc.Flock((int)_handle.DangerousGetHandle(), Libc.Unlock);
        _handle.Dispose();
    }

    private static SafeFileHandle Open(string path, out int descriptor)
    {
        // Not File.OpenHandle: it takes a shared flock of its own, and fails where this one is to wait.
        descriptor = Libc.Open(path, Libc.OpenOrCreate, (int)Files.Private);
        return descriptor >= 0 ? new(descriptor, ownsHandle: true) : throw new IOException($"{path} can't be opened");
    }
}
