using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>An open folder, read name by name as bytes: a name need not be text.</summary>
internal sealed class OpenFolder(SafeFileHandle handle) : OpenEntry(handle)
{
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    private readonly byte[] _entries = new byte[32 * 1024];
    private int _position;
    private int _end;

    /// <summary>The next name but <c>.</c> and <c>..</c>, ended by NUL; empty after the last one.</summary>
    internal Errno Next(out ReadOnlySpan<byte> name)
    {
        do
        {
            name = default;
            if (_position == _end && Fill() is var error and not Errno.None)
                return error;
            if (_end == 0)
                return Errno.None;
            name = TakeName();
        }
        while (name.SequenceEqual(".\0"u8) || name.SequenceEqual("..\0"u8));
        return Errno.None;
    }

    /// <summary>The state of a name in it.</summary>
    internal Errno StateOf(ReadOnlySpan<byte> name, out FileState state) => FileState.Of(Handle, name, out state);

    // struct linux_dirent64: inode (8), offset (8), length of this entry (2), kind (1), name. Source: getdents(2).
    private ReadOnlySpan<byte> TakeName()
    {
        ReadOnlySpan<byte> entry = _entries.AsSpan(_position, MemoryMarshal.Read<ushort>(_entries.AsSpan(_position + LengthOffset)));
        _position += entry.Length;
        ReadOnlySpan<byte> name = entry[NameOffset..];
        return name[..(name.IndexOf((byte)0) + 1)];
    }

    private Errno Fill()
    {
        nint count = Libc.ReadEntries(Handle, _entries, (nuint)_entries.Length);
        _position = 0;
        _end = (int)Math.Max(0, count);
        return count < 0 ? Libc.LastError : Errno.None;
    }
}
