using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>A file of the system with its mode and owner, so that it can be put back as it was.</summary>
internal sealed record SystemFile(byte[] Content, UnixFileMode Mode, uint User, uint Group)
{
    private const uint ModeMask = 0xFFF;

    // Of this name and no other, so that the next run finds what a killed one left; no glob of sshd_config.d takes it.
    private const string TemporarySuffix = ".sshfn-new";

    /// <summary>Root's, readable by all.</summary>
    internal static SystemFile OfRoot(byte[] content) => new(content, Files.Readable, 0, 0);

    internal string Hash => HashOf(Content);

    internal static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The file; null when there is none.</summary>
    internal static SystemFile? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        using SafeFileHandle file = File.OpenHandle(path);
        if (FileState.Of(file, out FileState state) != Errno.None)
            throw new IOException($"{path} can't be looked at");
        byte[] content = new byte[RandomAccess.GetLength(file)];
        int length = RandomAccess.Read(file, content, 0);
        return length == content.Length
            ? new(content, (UnixFileMode)(state.Mode & ModeMask), state.User, state.Group)
            : throw new IOException($"{path} changed while it was read");
    }

    /// <summary>Puts a file in the place of whatever is there in one step, or takes it away; nobody sees half of it.</summary>
    internal static void Put(string path, SystemFile? file)
    {
        string temporary = path + TemporarySuffix;
        Files.Delete(temporary);
        if (file is null)
        {
            Files.Delete(path);
            return;
        }

        file.WriteNew(temporary);
        Files.Rename(temporary, path);
    }

    /// <summary>Takes away what a killed run left beside a file.</summary>
    internal static void Tidy(string path) => Files.Delete(path + TemporarySuffix);

    private void WriteNew(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Files.Private };
        using FileStream stream = new(path, options);
        stream.Write(Content);
        if (Libc.ChangeOwner(stream.SafeFileHandle, User, Group) != 0)
            throw new IOException($"{path} can't be given to user {User}");
        // After the owner: a change of owner clears the set-id bits.
        File.SetUnixFileMode(stream.SafeFileHandle, Mode);
        stream.Flush(flushToDisk: true);
    }
}
