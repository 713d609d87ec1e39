using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>Serves one client: reads a request, answers it, and so on until the client closes its end.</summary>
/// <remarks>Version 3, the one that OpenSSH's client speaks. Every request gets exactly one answer. Source: draft-ietf-secsh-filexfer-02.</remarks>
internal sealed class SftpSession : IDisposable
{
    private const uint Version = 3;

    private readonly Packets _packets;
    private readonly Replies _replies;
    private readonly Handles _handles = new();
    private readonly FileRequests _files;
    private readonly FolderRequests _folders;
    private readonly StateRequests _states;
    private readonly PathRequests _paths;

    internal SftpSession(ConfinedFolder folder, Stream input, Stream output)
    {
        _packets = new Packets(input);
        _replies = new Replies(output);
        _files = new FileRequests(folder, _handles, _replies);
        _folders = new FolderRequests(folder, _handles, _replies);
        _states = new StateRequests(folder, _handles, _replies);
        _paths = new PathRequests(folder, _replies);
    }

    /// <summary>Serves to the end of the input.</summary>
    /// <exception cref="SshFormatException">The client sent what is no packet of the protocol.</exception>
    internal void Serve()
    {
        if (!_packets.TryRead(out ReadOnlySpan<byte> packet))
            return;
        Greet(packet);
        while (_packets.TryRead(out packet))
        {
            SshReader request = new(packet);
            PacketKind kind = (PacketKind)request.ReadByte("type");
            uint id = request.ReadUInt32("request id");
            request.ThrowIfFailed();
            Answer(kind, id, ref request);
        }
    }

    public void Dispose()
    {
        _handles.Dispose();
        _replies.Dispose();
    }

    // byte SSH_FXP_INIT, uint32 version, extensions of the client that nobody defined
    private void Greet(ReadOnlySpan<byte> packet)
    {
        SshReader greeting = new(packet);
        byte kind = greeting.ReadByte("type");
        uint version = greeting.ReadUInt32("version");
        greeting.ThrowIfFailed();
        if (kind != (byte)PacketKind.Initialize)
            throw new SshFormatException("type", 0, $"is {kind}: a session begins with SSH_FXP_INIT");
        if (version < Version)
            throw new SshFormatException("version", 1, $"is {version}: this server speaks version {Version}");
        _replies.Version(Version, ("posix-rename@openssh.com", "1"), ("fsync@openssh.com", "1"), ("limits@openssh.com", "1"));
    }

    private void Answer(PacketKind kind, uint id, ref SshReader request)
    {
        switch (kind)
        {
            case PacketKind.Open: _files.Open(id, ref request); break;
            case PacketKind.Close: _files.Close(id, ref request); break;
            case PacketKind.Read: _files.Read(id, ref request); break;
            case PacketKind.Write: _files.Write(id, ref request); break;
            case PacketKind.State: _states.Get(id, ref request, follow: true); break;
            case PacketKind.LinkState: _states.Get(id, ref request, follow: false); break;
            case PacketKind.HandleState: _states.GetOpen(id, ref request); break;
            case PacketKind.SetState: _states.Set(id, ref request); break;
            case PacketKind.SetHandleState: _states.SetOpen(id, ref request); break;
            case PacketKind.OpenFolder: _folders.Open(id, ref request); break;
            case PacketKind.ReadFolder: _folders.Read(id, ref request); break;
            case PacketKind.MakeFolder: _folders.Make(id, ref request); break;
            case PacketKind.Remove: _paths.Remove(id, ref request, isFolder: false); break;
            case PacketKind.RemoveFolder: _paths.Remove(id, ref request, isFolder: true); break;
            case PacketKind.RealPath: _paths.RealPath(id, ref request); break;
            case PacketKind.Rename: _paths.Rename(id, ref request, replace: false); break;
            case PacketKind.ReadLink: _paths.ReadLink(id, ref request); break;
            case PacketKind.MakeLink: _replies.Status(id, Status.Denied("links can't be made here")); break;
            case PacketKind.Extended: AnswerExtended(id, ref request); break;
            case PacketKind.Initialize: throw new SshFormatException("type", 0, "is SSH_FXP_INIT a second time");
            default: _replies.Status(id, Status.Unsupported); break;
        }
    }

    // string extended-request, then fields by request. Source: PROTOCOL of OpenSSH, section 4.
    private void AnswerExtended(uint id, ref SshReader request)
    {
        ReadOnlySpan<byte> name = request.ReadString("extended-request");
        request.ThrowIfFailed();
        if (name.SequenceEqual("posix-rename@openssh.com"u8))
            _paths.Rename(id, ref request, replace: true);
        else if (name.SequenceEqual("fsync@openssh.com"u8))
            _files.Flush(id, ref request);
        else if (name.SequenceEqual("limits@openssh.com"u8))
            _replies.Limits(id, Packets.MaximumBytes, Packets.MaximumContentBytes, Packets.MaximumContentBytes, Handles.MaximumCount);
        else
            _replies.Status(id, Status.Unsupported);
    }
}
