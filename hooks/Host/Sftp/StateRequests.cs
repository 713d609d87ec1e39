using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>Requests about attributes. Source: draft-ietf-secsh-filexfer-02 sections 6.8 and 6.9.</summary>
internal sealed class StateRequests(ConfinedFolder folder, Handles handles, Replies replies)
{
    // string path
    internal void Get(uint id, ref SshReader request, bool follow)
    {
        SftpPath? path = SftpPath.Parse(request.ReadString("path"));
        request.ThrowIfFailed();
        NamedEntry? entry = null;
        Errno error = path is null ? Errno.NoEntry : folder.Name(path.Relative, follow, out entry);
        using (entry)
            Reply(id, error, entry);
    }

    // string handle
    internal void GetOpen(uint id, ref SshReader request)
    {
        OpenEntry? entry = handles.Find<OpenEntry>(request.ReadString("handle"));
        request.ThrowIfFailed();
        if (entry is null)
            replies.Status(id, Status.NotOpen);
        else
            Reply(id, Errno.None, entry);
    }

    // string path, ATTRS attrs
    internal void Set(uint id, ref SshReader request)
    {
        SftpPath? path = SftpPath.Parse(request.ReadString("path"));
        Attributes attributes = Attributes.Read(ref request);
        request.ThrowIfFailed();
        if (path is null)
            replies.Status(id, Status.NoSuchFile);
        else if (attributes.HasOwner)
            replies.Status(id, NoOwners);
        else
            replies.Status(id, Status.Of(Apply(path, attributes)));
    }

    // string handle, ATTRS attrs
    internal void SetOpen(uint id, ref SshReader request)
    {
        OpenEntry? entry = handles.Find<OpenEntry>(request.ReadString("handle"));
        Attributes attributes = Attributes.Read(ref request);
        request.ThrowIfFailed();
        if (entry is null)
            replies.Status(id, Status.NotOpen);
        else if (attributes.HasOwner)
            replies.Status(id, NoOwners);
        else
            replies.Status(id, Status.Of(Apply(entry, attributes)));
    }

    private static Status NoOwners => Status.Denied("owners can't be changed here");

    private Errno Apply(SftpPath path, Attributes attributes)
    {
        Errno error = attributes.Size is { } size ? SetSize(path, size) : Errno.None;
        if (error != Errno.None)
            return error;
        error = folder.Name(path.Relative, follow: true, out NamedEntry? entry);
        using (entry)
            return error == Errno.None ? attributes.ApplyTo(entry!) : error;
    }

    private static Errno Apply(OpenEntry entry, Attributes attributes)
    {
        Errno error = Errno.None;
        if (attributes.Size is { } size)
            error = entry is OpenFile file ? file.SetSize(Clamp(size)) : Errno.IsFolder;
        return error == Errno.None ? attributes.ApplyTo(entry) : error;
    }

    private Errno SetSize(SftpPath path, ulong size)
    {
        Errno error = folder.OpenFile(path.Relative, OpenMode.Write, 0, out OpenFile? file);
        using (file)
            return error == Errno.None ? file!.SetSize(Clamp(size)) : error;
    }

    private void Reply(uint id, Errno error, OpenEntry? entry)
    {
        FileState state = default;
        if (error == Errno.None)
            error = entry!.State(out state);
        if (error == Errno.None)
            replies.State(id, state);
        else
            replies.Status(id, Status.Of(error));
    }

    // The kernel says no to what is too large for it; a negative number would be another mistake.
    private static long Clamp(ulong size) => (long)Math.Min(size, long.MaxValue);
}
