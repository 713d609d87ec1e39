namespace SshFunctions.Local;

/// <summary>What a file or folder is, whose it is, and which.</summary>
/// <param name="Owner">The user.</param>
/// <param name="Kind">Kind and mode, as in <c>st_mode</c>.</param>
/// <param name="Device">With the number, which file it is, whatever it is called.</param>
/// <param name="Number">Unique on the device.</param>
internal readonly record struct FileStatus(uint Owner, ushort Kind, ulong Device, ulong Number)
{
    private const int KindMask = 0xF000;
    private const int RegularKind = 0x8000;
    private const int FolderKind = 0x4000;
    private const int LinkKind = 0xA000;
    private const int ModeMask = 0xFFF;

    public bool IsRegular => (Kind & KindMask) == RegularKind;

    public bool IsFolder => (Kind & KindMask) == FolderKind;

    public bool IsLink => (Kind & KindMask) == LinkKind;

    public UnixFileMode Mode => (UnixFileMode)(Kind & ModeMask);
}
