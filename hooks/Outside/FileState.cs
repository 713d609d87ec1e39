using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SshFunctions.Hooks.Outside;

/// <summary>What stat tells of a file; times in whole seconds since 1970, UTC.</summary>
internal readonly record struct FileState(uint Mode, uint Links, uint User, uint Group, ulong Size, long Accessed, long Modified)
{
    private const int EmptyPath = 0x1000;
    private const int NoFollow = 0x100;
    private const uint BasicFacts = 0x7ff;
    private const int StructureBytes = 256;
    private const uint KindMask = 0xF000;

    internal bool IsFile => (Mode & KindMask) == 0x8000;

    internal bool IsFolder => (Mode & KindMask) == 0x4000;

    internal bool IsLink => (Mode & KindMask) == 0xA000;

    internal static Errno Of(SafeFileHandle open, out FileState state) => Read(open, "\0"u8, EmptyPath, out state);

    /// <summary>The state of a name in an open folder, the name's own when it is a link.</summary>
    internal static Errno Of(SafeFileHandle folder, ReadOnlySpan<byte> name, out FileState state) => Read(folder, name, NoFollow, out state);

    // struct statx: 16 nlink, 20 uid, 24 gid, 28 mode (16 bits), 40 size, 64 atime, 112 mtime. Source: statx(2).
    private static unsafe Errno Read(SafeFileHandle folder, ReadOnlySpan<byte> path, int flags, out FileState state)
    {
        state = default;
        byte* result = stackalloc byte[StructureBytes];
        if (Libc.StatxBelow(folder, path, flags, BasicFacts, result) != 0)
            return Libc.LastError;
        ReadOnlySpan<byte> fields = new(result, StructureBytes);
        state = new FileState(
            MemoryMarshal.Read<ushort>(fields[28..]),
            MemoryMarshal.Read<uint>(fields[16..]),
            MemoryMarshal.Read<uint>(fields[20..]),
            MemoryMarshal.Read<uint>(fields[24..]),
            MemoryMarshal.Read<ulong>(fields[40..]),
            MemoryMarshal.Read<long>(fields[64..]),
            MemoryMarshal.Read<long>(fields[112..]));
        return Errno.None;
    }
}
