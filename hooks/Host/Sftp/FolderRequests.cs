using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>Requests about folders. Source: draft-ietf-secsh-filexfer-02 sections 6.6 and 6.7.</summary>
internal sealed class FolderRequests(ConfinedFolder folder, Handles handles, Replies replies)
{
    private const uint NewFolderMode = 0b111_111_111;

    // A name has 255 bytes at most and is said twice, with less than 128 around it: 100 of them fit in a quarter of the longest packet.
    private const int BatchCount = 100;

    // string path
    internal void Open(uint id, ref SshReader request)
    {
        SftpPath? path = SftpPath.Parse(request.ReadString("path"));
        request.ThrowIfFailed();
        if (path is null)
            replies.Status(id, Status.NoSuchFile);
        else if (handles.AreAllTaken)
            replies.Status(id, Status.TooManyOpen);
        else if (folder.OpenFolder(path.Relative, out OpenFolder? opened) is var error and not Errno.None)
            replies.Status(id, Status.Of(error));
        else
            replies.Handle(id, handles.Add(opened!));
    }

    // string handle
    internal void Read(uint id, ref SshReader request)
    {
        OpenFolder? opened = handles.Find<OpenFolder>(request.ReadString("handle"));
        request.ThrowIfFailed();
        if (opened is null)
        {
            replies.Status(id, Status.NotOpen);
            return;
        }

        Errno error = TakeBatch(opened, out List<(byte[], FileState)> entries);
        if (error != Errno.None)
            replies.Status(id, Status.Of(error));
        else if (entries.Count == 0)
            replies.Status(id, Status.EndOfFile);
        else
            replies.Names(id, entries);
    }

    // string path, ATTRS attrs
    internal void Make(uint id, ref SshReader request)
    {
        SftpPath? path = SftpPath.Parse(request.ReadString("path"));
        Attributes attributes = Attributes.Read(ref request);
        request.ThrowIfFailed();
        if (path is null)
            replies.Status(id, Status.NoSuchFile);
        else if (path.IsTop)
            replies.Status(id, Status.Of(Errno.Exists));
        else
            replies.Status(id, Status.Of(folder.MakeFolder(path.Parent, path.Name, attributes.ModeOr(NewFolderMode))));
    }

    private static Errno TakeBatch(OpenFolder opened, out List<(byte[] Name, FileState State)> entries)
    {
        entries = [];
        while (entries.Count < BatchCount)
        {
            Errno error = opened.Next(out ReadOnlySpan<byte> name);
            if (name.IsEmpty)
                return error;
            // Gone since the folder was read: nothing to tell of it.
            if (opened.StateOf(name, out FileState state) == Errno.None)
                entries.Add((name[..^1].ToArray(), state));
        }

        return Errno.None;
    }
}
