using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>The attributes a client sends: what it does not send is null.</summary>
/// <remarks>Source: draft-ietf-secsh-filexfer-02 section 5.</remarks>
internal readonly record struct Attributes(ulong? Size, bool HasOwner, uint? Permissions, (uint Accessed, uint Modified)? Times)
{
    // Neither set-user-id nor set-group-id nor sticky: a file put here must not run as the account for somebody else.
    private const uint PermissionMask = 0b111_111_111;
    private const uint SpecialBits = 0b111_000_000_000;

    private const uint WithSize = 1;
    private const uint WithOwner = 2;
    private const uint WithPermissions = 4;
    private const uint WithTimes = 8;
    private const uint WithExtensions = 0x80000000;

    /// <summary>The mode of something new.</summary>
    internal uint ModeOr(uint mode) => Permissions ?? mode;

    // uint32 flags; by flag: uint64 size; uint32 uid, uint32 gid; uint32 permissions; uint32 atime, uint32 mtime;
    // uint32 count, then so many pairs of strings.
    internal static Attributes Read(ref SshReader reader)
    {
        uint flags = reader.ReadUInt32("attribute flags");
        ulong? size = (flags & WithSize) != 0 ? reader.ReadUInt64("size") : null;
        if ((flags & WithOwner) != 0)
            reader.ReadBytes(2 * sizeof(uint), "uid and gid");
        uint? permissions = (flags & WithPermissions) != 0 ? reader.ReadUInt32("permissions") & PermissionMask : null;
        (uint, uint)? times = (flags & WithTimes) != 0 ? (reader.ReadUInt32("atime"), reader.ReadUInt32("mtime")) : null;
        uint count = (flags & WithExtensions) != 0 ? reader.ReadUInt32("extended count") : 0;
        for (; count > 0 && !reader.Failed; count--)
        {
            reader.ReadString("extended type");
            reader.ReadString("extended data");
        }

        return new Attributes(size, (flags & WithOwner) != 0, permissions, times);
    }

    internal static void Write(SshWriter writer, in FileState state)
    {
        writer.WriteUInt32(WithSize | WithOwner | WithPermissions | WithTimes);
        writer.WriteUInt64(state.Size);
        writer.WriteUInt32(state.User);
        writer.WriteUInt32(state.Group);
        writer.WriteUInt32(state.Mode);
        writer.WriteUInt32(Seconds(state.Accessed));
        writer.WriteUInt32(Seconds(state.Modified));
    }

    /// <summary>Sets permissions and times of what is held open; a folder keeps its own set-group-id and sticky bits.</summary>
    internal Errno ApplyTo(OpenEntry entry)
    {
        Errno error = Errno.None;
        if (Permissions is { } permissions)
        {
            error = entry.State(out FileState state);
            uint kept = state.IsFolder ? state.Mode & SpecialBits : 0;
            if (error == Errno.None)
                error = entry.SetMode(permissions | kept);
        }

        return error == Errno.None && Times is { } times ? entry.SetTimes(times.Accessed, times.Modified) : error;
    }

    private static uint Seconds(long time) => (uint)Math.Clamp(time, 0, uint.MaxValue);
}
