using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using SshFunctions.Core;

namespace SshFunctions.Local;

/// <summary>The one folder that holds all a broker keeps, owned by this process for as long as the object lives.</summary>
public sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode EveryUser = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    private const int LongestProcessIdBytes = 16;

    private readonly SafeFileHandle _folder;
    private readonly FileStream _lock;

    private DataDirectory(string path, SafeFileHandle folder, FileStream held)
    {
        _folder = folder;
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

    /// <summary>Where a key of its own lies.</summary>
    /// <param name="name">What the key is for.</param>
    /// <returns>The file, absolute.</returns>
    public string KeyPath(string name) => System.IO.Path.Combine(KeysPath, name);

    /// <summary>Makes the folder when it is absent, checks that it is this user's alone, and takes its lock.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder; a conflict when another process has it, invalid when it can't be used.</returns>
    public static Result<DataDirectory> Open(string path)
    {
        string fullPath = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        try
        {
            Directory.CreateDirectory(fullPath, OwnerFolder);
            if ((Objection(fullPath) ?? ObjectionInside(fullPath)) is { } objection) return objection;
            if (!TakeLock(fullPath).Try(out DataDirectory? data, out Refusal? refusal)) return refusal;
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
    public void Dispose()
    {
        _lock.Dispose();
        _folder.Dispose();
    }

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
        if ((mode & EveryUser) != 0)
            return new Refusal.Invalid("data", $"data directory {path} is open to every user of this machine (mode {Octal(mode)})", $"chmod 700 {path}");
        return (mode & UnixFileMode.GroupWrite) == 0
            ? null
            : new Refusal.Invalid("data", $"data directory {path} can be changed by its group (mode {Octal(mode)})", $"chmod 700 {path}");
    }

    // The files inside were made for the owner alone; a wider mode came later, by hand or by a restore.
    private static Refusal.Invalid? ObjectionInside(string path)
    {
        foreach ((string name, string right) in ((string, string)[])[("keys", "700"), ("store.db", "600"), ("store.db-wal", "600"), ("store.db-shm", "600")])
        {
            string inside = System.IO.Path.Combine(path, name);
            if (!System.IO.Path.Exists(inside)) continue;
            UnixFileMode mode = File.GetUnixFileMode(inside);
            if ((mode & (EveryUser | Group)) != 0)
                return new Refusal.Invalid("data", $"{inside} is open to other users of this machine (mode {Octal(mode)})", $"chmod {right} {inside}");
        }

        return null;
    }

    // The lock file names the holder; the lock on the folder itself stays when somebody removes that file.
    private static Result<DataDirectory> TakeLock(string path)
    {
        SafeFileHandle? folder = Posix.TryLockFolder(path);
        if (folder is null) return InUse(path);
        DataDirectory? data = null;
        try
        {
            if (!TakeLockFile(path).Try(out FileStream? held, out Refusal? refusal)) return refusal;
            data = new DataDirectory(path, folder, held);
            return data;
        }
        finally
        {
            if (data is null) folder.Dispose();
        }
    }

    private static Refusal.Conflict InUse(string path) => new(
        $"data directory {path} is in use by {Holder(System.IO.Path.Combine(path, "lock"))}", "stop it, or choose another data directory");

    private static Result<FileStream> TakeLockFile(string path)
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
        try
        {
            return new FileStream(lockPath, options);
        }
        catch (IOException exception) when (exception.HResult == Posix.WouldBlock)
        {
            return InUse(path);
        }
    }

    private void SayWho()
    {
        _lock.SetLength(0);
        _lock.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
    }

    // The holder may not have written its id yet, or somebody removed the file.
    private static string Holder(string lockPath)
    {
        if (!File.Exists(lockPath)) return "another process";
        using var file = Posix.OpenUnlocked(lockPath);
        Span<byte> text = stackalloc byte[LongestProcessIdBytes];
        int length = RandomAccess.Read(file, text, 0);
        return int.TryParse(text[..length].TrimEnd((byte)'\n'), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? $"process {id}"
            : "another process";
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
