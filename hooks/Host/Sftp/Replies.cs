using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>Writes answers: a 32-bit length, the packet's kind, the request's id, then fields by kind.</summary>
/// <remarks>Source: draft-ietf-secsh-filexfer-02 sections 3 and 7.</remarks>
internal sealed class Replies(Stream output) : IDisposable
{
    private readonly SshWriter _writer = new(Packets.MaximumBytes + sizeof(uint));

    internal void Version(uint version, params ReadOnlySpan<(string Name, string Version)> extensions)
    {
        int mark = Begin(PacketKind.Version, version);
        foreach ((string name, string data) in extensions)
        {
            _writer.WriteString(name);
            _writer.WriteString(data);
        }

        Send(mark);
    }

    internal void Status(uint id, Status status)
    {
        int mark = Begin(PacketKind.Status, id);
        _writer.WriteUInt32((uint)status.Code);
        _writer.WriteString(status.Text);
        _writer.WriteString("en");
        Send(mark);
    }

    internal void Handle(uint id, byte[] handle)
    {
        int mark = Begin(PacketKind.Handle, id);
        _writer.WriteString(handle);
        Send(mark);
    }

    internal void Data(uint id, ReadOnlySpan<byte> content)
    {
        int mark = Begin(PacketKind.Data, id);
        _writer.WriteString(content);
        Send(mark);
    }

    internal void State(uint id, in FileState state)
    {
        int mark = Begin(PacketKind.Attributes, id);
        Attributes.Write(_writer, state);
        Send(mark);
    }

    /// <summary>A path alone, as REALPATH and READLINK are answered: no attributes.</summary>
    internal void Path(uint id, ReadOnlySpan<byte> path)
    {
        int mark = Begin(PacketKind.Name, id);
        _writer.WriteUInt32(1);
        _writer.WriteString(path);
        _writer.WriteString(path);
        _writer.WriteUInt32(0);
        Send(mark);
    }

    internal void Names(uint id, IReadOnlyList<(byte[] Name, FileState State)> entries)
    {
        int mark = Begin(PacketKind.Name, id);
        _writer.WriteUInt32((uint)entries.Count);
        foreach ((byte[] name, FileState state) in entries)
        {
            _writer.WriteString(name);
            int line = _writer.BeginString();
            _writer.WriteBytes(System.Text.Encoding.ASCII.GetBytes(LongName.Before(state)));
            _writer.WriteBytes(name);
            _writer.EndString(line);
            Attributes.Write(_writer, state);
        }

        Send(mark);
    }

    internal void Limits(uint id, params ReadOnlySpan<ulong> limits)
    {
        int mark = Begin(PacketKind.ExtendedReply, id);
        foreach (ulong limit in limits)
            _writer.WriteUInt64(limit);
        Send(mark);
    }

    public void Dispose() => _writer.Dispose();

    private int Begin(PacketKind kind, uint id)
    {
        int mark = _writer.BeginString();
        _writer.WriteByte((byte)kind);
        _writer.WriteUInt32(id);
        return mark;
    }

    private void Send(int mark)
    {
        _writer.EndString(mark);
        output.Write(_writer.Written);
        output.Flush();
        _writer.Wipe();
    }
}
