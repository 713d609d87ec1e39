using System.Globalization;
using System.Text;
using SshFunctions.Core;

namespace SshFunctions.Local;

/// <summary>The one folder that holds all a broker keeps, owned by this process for as long as the object lives.</summary>
public sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode EveryUser = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // errno 11: another open file has the lock.
    private const int WouldBlock = 11;
    private const int LongestProcessIdBytes = 16;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        WasUsedBefore = held.Length > 0;
        Path = path;
        _lock = held;
    }

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>Whether an earlier process had it: its store and its keys must then be there.</summary>
    public bool WasUsedBefore { get; }

    /// <summary>The store's file.</summary>
    public string StorePath => System.IO.Path.Combine(Path, "store.db");

    /// <summary>Folder of the CA and journal keys, mode 0700.</summary>
    public string KeysPath => System.IO.Path.Combine(Path, "keys");

    /// <summary>Makes the folder when it is absent, checks that it is this user's alone, and takes its lock.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder; a conflict when another process has it, invalid when it can't be used.</returns>
    public static Result<DataDirectory> Open(string path)
    {
        string fullPath = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        try
        {
            Directory.CreateDirectory(fullPath, OwnerFolder);
            if (Objection(fullPath) is { } objection) return objection;
            if (!TakeLock(fullPath).Try(out FileStream? held, out Refusal? refusal)) return refusal;
            var data = new DataDirectory(fullPath, held);
            data.SayWho();
            Directory.CreateDirectory(data.KeysPath, OwnerFolder);
            return data;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Refusal.Invalid("data", $"data directory {fullPath} can't be used: {exception.Message}");
        }
    }

    /// <summary>Lets another process have it. The lock file stays: removing it would let two processes lock two files.</summary>
    public void Dispose() => _lock.Dispose();

    // Whoever may rename files in it can put a store and keys of theirs in place of ours.
    private static Refusal.Invalid? Objection(string path)
    {
        uint owner = Posix.Owner(path);
        if (owner != Posix.CurrentUser)
        {
            return new Refusal.Invalid(
                "data", $"data directory {path} belongs to user {owner}, the broker runs as user {Posix.CurrentUser}", $"chown {Posix.CurrentUser} {path}");
        }

        UnixFileMode mode = File.GetUnixFileMode(path);
        return (mode & EveryUser) == 0
            ? null
            : new Refusal.Invalid("data", $"data directory {path} is open to every user of this machine (mode {Octal(mode)})", $"chmod 700 {path}");
    }

    private static Result<FileStream> TakeLock(string path)
    {
        string lockPath = System.IO.Path.Combine(path, "lock");
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None, // flock(2), exclusive; the kernel drops it when the process ends, however it ends
            BufferSize = 0,
            UnixCreateMode = OwnerFile,
        };
        FileStream held;
        try
        {
            held = new FileStream(lockPath, options);
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            return new Refusal.Conflict($"data directory {path} is in use by {Holder(lockPath)}", "stop it, or choose another data directory");
        }

        return held;
    }

    private void SayWho()
    {
        _lock.SetLength(0);
        _lock.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
    }

    // The holder may not have written its id yet.
    private static string Holder(string lockPath)
    {
        using var file = Posix.OpenUnlocked(lockPath);
        Span<byte> text = stackalloc byte[LongestProcessIdBytes];
        int length = RandomAccess.Read(file, text, 0);
        return int.TryParse(text[..length].TrimEnd((byte)'\n'), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? $"process {id}"
            : "another process";
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
