using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>Requests about open files. Source: draft-ietf-secsh-filexfer-02 sections 6.3, 6.4, 6.8 and 6.9.</summary>
internal sealed class FileRequests(ConfinedFolder folder, Handles handles, Replies replies)
{
    private const uint NewFileMode = 0b110_110_110;

    private readonly byte[] _content = new byte[Packets.MaximumContentBytes];

    // string filename, uint32 pflags, ATTRS attrs
    internal void Open(uint id, ref SshReader request)
    {
        SftpPath? path = SftpPath.Parse(request.ReadString("filename"));
        OpenFlags flags = (OpenFlags)request.ReadUInt32("pflags");
        Attributes attributes = Attributes.Read(ref request);
        request.ThrowIfFailed();
        if (path is null)
            replies.Status(id, Status.NoSuchFile);
        else if (handles.AreAllTaken)
            replies.Status(id, Status.TooManyOpen);
        else if (folder.OpenFile(path.Relative, ModeOf(flags), attributes.ModeOr(NewFileMode), out OpenFile? file) is var error and not Errno.None)
            replies.Status(id, Status.Of(error));
        else
            replies.Handle(id, handles.Add(file!));
    }

    // string handle
    internal void Close(uint id, ref SshReader request)
    {
        ReadOnlySpan<byte> handle = request.ReadString("handle");
        request.ThrowIfFailed();
        replies.Status(id, handles.Close(handle) ? Status.Ok : Status.NotOpen);
    }

    // string handle, uint64 offset, uint32 len
    internal void Read(uint id, ref SshReader request)
    {
        OpenFile? file = handles.Find<OpenFile>(request.ReadString("handle"));
        ulong offset = request.ReadUInt64("offset");
        int length = (int)Math.Min(request.ReadUInt32("len"), Packets.MaximumContentBytes);
        request.ThrowIfFailed();
        if (file is null)
        {
            replies.Status(id, Status.NotOpen);
            return;
        }

        int count = 0;
        Errno error = offset > long.MaxValue ? Errno.Invalid : file.Read(_content.AsSpan(0, length), (long)offset, out count);
        if (error != Errno.None)
            replies.Status(id, Status.Of(error));
        else if (count == 0 && length > 0)
            replies.Status(id, Status.EndOfFile);
        else
            replies.Data(id, _content.AsSpan(0, count));
    }

    // string handle, uint64 offset, string data
    internal void Write(uint id, ref SshReader request)
    {
        OpenFile? file = handles.Find<OpenFile>(request.ReadString("handle"));
        ulong offset = request.ReadUInt64("offset");
        ReadOnlySpan<byte> content = request.ReadString("data");
        request.ThrowIfFailed();
        if (file is null)
            replies.Status(id, Status.NotOpen);
        else if (offset > long.MaxValue - Packets.MaximumBytes)
            replies.Status(id, Status.Of(Errno.FileTooLarge));
        else
            replies.Status(id, Status.Of(file.Write(content, (long)offset)));
    }

    // fsync@openssh.com: string handle
    internal void Flush(uint id, ref SshReader request)
    {
        OpenFile? file = handles.Find<OpenFile>(request.ReadString("handle"));
        request.ThrowIfFailed();
        replies.Status(id, file is null ? Status.NotOpen : Status.Of(file.Flush()));
    }

    private static ulong ModeOf(OpenFlags flags)
    {
        ulong mode = (flags & (OpenFlags.Read | OpenFlags.Write)) switch
        {
            OpenFlags.Read | OpenFlags.Write => OpenMode.ReadAndWrite,
            OpenFlags.Write => OpenMode.Write,
            _ => OpenMode.Read,
        };
        if (flags.HasFlag(OpenFlags.Append))
            mode |= OpenMode.Append;
        if (flags.HasFlag(OpenFlags.Create))
            mode |= OpenMode.Create;
        if (flags.HasFlag(OpenFlags.Truncate))
            mode |= OpenMode.Truncate;
        return flags.HasFlag(OpenFlags.Create | OpenFlags.MustBeNew) ? mode | OpenMode.MustBeNew : mode;
    }
}
