using System.Buffers.Binary;
using SshFunctions.Hooks.Host.Sftp;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Tests.Host;

/// <summary>A client's packets, said to a session over a folder in this process: what is answered without the kernel's sandbox.</summary>
internal sealed class SftpDialogue
{
    private readonly List<byte> _said = [];
    private uint _id;

    public SftpDialogue() => Say(1, writer => writer.WriteUInt32(3));

    public SftpDialogue Request(PacketKind kind, Action<SshWriter> fields) => Say((byte)kind, writer =>
    {
        writer.WriteUInt32(++_id);
        fields(writer);
    });

    public SftpDialogue Raw(params byte[] bytes)
    {
        _said.AddRange(bytes);
        return this;
    }

    /// <summary>The answers after the greeting, each without its length.</summary>
    public List<byte[]> HoldOver(string path)
    {
        using ConfinedFolder folder = ConfinedFolder.At(path)!;
        using MemoryStream input = new(_said.ToArray());
        using MemoryStream output = new();
        using SftpSession session = new(folder, input, output);
        session.Serve();
        return [.. Packets(output.ToArray()).Skip(1)];
    }

    /// <summary>The code of a STATUS packet that answers the request of this number, counted from 1.</summary>
    public static StatusCode StatusOf(byte[] answer, uint id)
    {
        SshReader reader = new(answer);
        Assert.Equal((byte)PacketKind.Status, reader.ReadByte("type"));
        Assert.Equal(id, reader.ReadUInt32("id"));
        return (StatusCode)reader.ReadUInt32("code");
    }

    private SftpDialogue Say(byte kind, Action<SshWriter> fields)
    {
        using SshWriter packet = new();
        int mark = packet.BeginString();
        packet.WriteByte(kind);
        fields(packet);
        packet.EndString(mark);
        _said.AddRange(packet.Written);
        return this;
    }

    private static IEnumerable<byte[]> Packets(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            yield return bytes[(at + 4)..(at + 4 + length)];
            at += 4 + length;
        }
    }
}
