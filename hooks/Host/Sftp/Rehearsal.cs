using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>A short session with nobody before the wall goes up, so that all code which has to be loaded from a file is loaded by then.</summary>
internal static class Rehearsal
{
    private static readonly byte[] FirstHandle = [0, 0, 0, 0];

    internal static void Run(ConfinedFolder folder)
    {
        using SshWriter script = new();
        Request(script, PacketKind.Initialize, writer => writer.WriteUInt32(3));
        Request(script, PacketKind.RealPath, writer => WriteIdAnd(writer, "."u8));
        Request(script, PacketKind.State, writer => WriteIdAnd(writer, "."u8));
        Request(script, PacketKind.OpenFolder, writer => WriteIdAnd(writer, "."u8));
        Request(script, PacketKind.ReadFolder, writer => WriteIdAnd(writer, FirstHandle));
        Request(script, PacketKind.Close, writer => WriteIdAnd(writer, FirstHandle));
        Request(script, PacketKind.Extended, writer => WriteIdAnd(writer, "limits@openssh.com"u8));
        // Cut off before its flags: the way a broken client's session ends.
        Request(script, PacketKind.Open, writer => WriteIdAnd(writer, "."u8));

        // An empty folder has no line to show.
        _ = LongName.Before(default);
        using MemoryStream input = new(script.ToArray());
        using SftpSession session = new(folder, input, Stream.Null);
        try
        {
            session.Serve();
        }
        catch (SshFormatException)
        {
            // The script's end.
        }
    }

    private static void WriteIdAnd(SshWriter writer, ReadOnlySpan<byte> field)
    {
        writer.WriteUInt32(0);
        writer.WriteString(field);
    }

    private static void Request(SshWriter script, PacketKind kind, Action<SshWriter> fields)
    {
        int mark = script.BeginString();
        script.WriteByte((byte)kind);
        fields(script);
        script.EndString(mark);
    }
}
