using System.Runtime.InteropServices;

namespace SshFunctions.Hooks.Outside;

/// <summary>What lies at a path, the last link not followed.</summary>
internal readonly record struct FileFacts(uint Owner, int Mode)
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFacts = 0x7ff;
    private const int StructureBytes = 256;
    private const int OwnerOffset = 20;
    private const int ModeOffset = 28;

    internal bool IsFolder => (Mode & 0xF000) == 0x4000;

    internal bool IsFile => (Mode & 0xF000) == 0x8000;

    internal bool IsLink => (Mode & 0xF000) == 0xA000;

    /// <summary>Whether the group or everybody may write.</summary>
    internal bool OthersMayWrite => (Mode & 0x12) != 0;

    /// <summary>Whether the group or everybody may do anything at all.</summary>
    internal bool OthersMayReadOrWrite => (Mode & 0x3F) != 0;

    internal static unsafe FileFacts? Of(string path)
    {
        byte* result = stackalloc byte[StructureBytes];
        if (Libc.Statx(CurrentFolder, path, NoFollow, BasicFacts, result) != 0)
            return Marshal.GetLastPInvokeError() is 2 or 20 ? null : throw new IOException($"{path} can't be looked at");
        ReadOnlySpan<byte> fields = new(result, StructureBytes);
        uint owner = MemoryMarshal.Read<uint>(fields[OwnerOffset..]);
        return new FileFacts(owner, MemoryMarshal.Read<ushort>(fields[ModeOffset..]));
    }
}
