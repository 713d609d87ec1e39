using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>Requests about names. Source: draft-ietf-secsh-filexfer-02 sections 6.5, 6.6, 6.10 and 6.11.</summary>
internal sealed class PathRequests(ConfinedFolder folder, Replies replies)
{
    // string path
    internal void RealPath(uint id, ref SshReader request)
    {
        SftpPath? path = SftpPath.Parse(request.ReadString("path"));
        request.ThrowIfFailed();
        if (path is null)
            replies.Status(id, Status.NoSuchFile);
        else
            replies.Path(id, path.Absolute);
    }

    // string path
    internal void Remove(uint id, ref SshReader request, bool isFolder)
    {
        SftpPath? path = SftpPath.Parse(request.ReadString("path"));
        request.ThrowIfFailed();
        if (path is null)
            replies.Status(id, Status.NoSuchFile);
        else if (path.IsTop)
            replies.Status(id, NotTheTop);
        else
            replies.Status(id, Status.Of(isFolder ? folder.RemoveFolder(path.Parent, path.Name) : folder.RemoveFile(path.Parent, path.Name)));
    }

    // string oldpath, string newpath
    internal void Rename(uint id, ref SshReader request, bool replace)
    {
        SftpPath? from = SftpPath.Parse(request.ReadString("oldpath"));
        SftpPath? to = SftpPath.Parse(request.ReadString("newpath"));
        request.ThrowIfFailed();
        if (from is null || to is null)
            replies.Status(id, Status.NoSuchFile);
        else if (from.IsTop || to.IsTop)
            replies.Status(id, NotTheTop);
        else
            replies.Status(id, Status.Of(folder.Rename(from.Parent, from.Name, to.Parent, to.Name, replace)));
    }

    // string path
    internal void ReadLink(uint id, ref SshReader request)
    {
        SftpPath? path = SftpPath.Parse(request.ReadString("path"));
        request.ThrowIfFailed();
        NamedEntry? link = null;
        Errno error = path is null ? Errno.NoEntry : folder.Name(path.Relative, follow: false, out link);
        ReadOnlySpan<byte> text = default;
        using (link)
            error = error == Errno.None ? link!.ReadLink(out text) : error;
        if (error == Errno.None)
            replies.Path(id, text);
        else
            replies.Status(id, Status.Of(error));
    }

    private static Status NotTheTop => Status.Denied("the folder itself can't be removed or renamed");
}
