using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>An exclusive lock between processes; the kernel frees it when its holder dies.</summary>
internal sealed class FileLock : IDisposable
{
    // A renewal of the sign-in and a request for a certificate, with 10 s each.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

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

    /// <summary>Waits for it, but not for a holder that has stopped.</summary>
    internal static FileLock Take(string path) => Take(path, Longest);

    /// <summary>As <see cref="Take(string)"/>, for at most so long.</summary>
    /// <exception cref="LockHeldException">Another process held it all the time.</exception>
    internal static FileLock Take(string path, TimeSpan longest)
    {
        SafeFileHandle handle = Open(path, out int descriptor);
        long start = TimeProvider.System.GetTimestamp();
        for (bool waited = false; ; waited = true)
        {
            if (Libc.Flock(descriptor, Libc.LockExclusive | Libc.LockNonBlocking) == 0)
                return new(handle, waited);
            Errno error = Libc.LastError;
            if (error is not (Errno.TryAgain or Errno.Interrupted) || TimeProvider.System.GetElapsedTime(start) > longest)
            {
                handle.Dispose();
                throw error is Errno.TryAgain ? new LockHeldException(path, longest) : new IOException($"{path} can't be locked");
            }

            Thread.Sleep(Pause); // The kernel waits for such a lock without an end, or not at all.
        }
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
        return descriptor >= 0 ? new(descriptor, ownsHandle: true) : throw new IOException($"{path} can't be opened: {Why(Libc.LastError)}");
    }

    private static string Why(Errno error) => error switch
    {
        Errno.ReadOnly => "the file system is read-only",
        Errno.NoSpace => "no space is left",
        Errno.AccessDenied => "permission denied",
        Errno.IsFolder => "it is a folder",
        Errno.TooManyOpenFiles => "too many open files",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"error {(int)error}"),
    };
}
