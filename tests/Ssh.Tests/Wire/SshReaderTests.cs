using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Tests.Wire;

public sealed class SshReaderTests
{
    // RFC 4251 section 5, "mpint".
    [Theory]
    [InlineData("00000000", "")]
    [InlineData("0000000809a378f9b2e332a7", "09a378f9b2e332a7")]
    [InlineData("000000020080", "80")]
    public void Reads_the_numbers_of_the_specification(string wire, string magnitude)
    {
        var reader = new SshReader(Convert.FromHexString(wire));
        Assert.Equal(magnitude, Convert.ToHexStringLower(reader.ReadMpint("number")));
        reader.ReadEnd("number");
        Assert.False(reader.Failed);
    }

    [Theory]
    [InlineData("00000002edcc", "negative")]
    [InlineData("0000000100", "leading zeros")]
    [InlineData("00000002007f", "leading zeros")]
    [InlineData("000000050000000080", "leading zeros")]
    public void Refuses_a_number_that_is_not_canonical_and_stays_before_it(string wire, string problem)
    {
        var reader = new SshReader(Convert.FromHexString(wire));
        Assert.True(reader.ReadMpint("number").IsEmpty);
        Assert.True(reader.Failed);
        Assert.Equal(0, reader.Position);
        Assert.Contains(problem, reader.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("byte", "")]
    [InlineData("uint32", "000000")]
    [InlineData("uint64", "00000000000000")]
    [InlineData("string", "000000")]
    [InlineData("string", "0000000401020304", 7)]
    [InlineData("string", "ffffffff01020304")]
    [InlineData("text", "00000002c328")]
    [InlineData("text", "00000002ff00")]
    [InlineData("text", "000000020041")]
    public void Leaves_the_reader_where_it_was_after_a_failed_read(string kind, string wire, int length = -1)
    {
        byte[] bytes = [0xaa, .. Convert.FromHexString(wire)];
        if (length >= 0)
            bytes = bytes[..(1 + length)];
        var reader = new SshReader(bytes, origin: 100);
        reader.ReadByte("before");
        Read(ref reader, kind);

        Assert.Equal(1, reader.Position);
        SshFormatException? fault = reader.ToException();
        Assert.Equal(101, fault?.Offset);
        Assert.Equal(kind, fault?.Field);
    }

    [Fact]
    public void Keeps_the_first_failure_and_reads_nothing_after_it()
    {
        var reader = new SshReader([0, 0, 0, 9, 1, 2, 3, 4]);
        reader.ReadString("first");
        reader.ReadUInt32("second");
        reader.ReadEnd("third");
        Assert.Equal(0, reader.Position);
        Assert.Equal("first", reader.ToException()?.Field);
    }

    [Fact]
    public void Says_where_bytes_are_left_over()
    {
        var reader = new SshReader([1, 2]);
        reader.ReadByte("one");
        reader.ReadEnd("message");
        Assert.Equal("The message is followed by 1 bytes that do not belong to it (byte 1).", reader.Problem);
    }

    [Fact]
    public void Reads_back_what_the_writer_wrote()
    {
        using var writer = new SshWriter(1);
        writer.WriteByte(7);
        writer.WriteUInt32(uint.MaxValue);
        writer.WriteUInt64(ulong.MaxValue - 1);
        writer.WriteString("grüße");
        writer.WriteMpint([0, 0, 0x80, 1]);
        int mark = writer.BeginString();
        writer.WriteString([1, 2, 3]);
        writer.EndString(mark);

        var reader = new SshReader(writer.Written);
        Assert.Equal(7, reader.ReadByte("byte"));
        Assert.Equal(uint.MaxValue, reader.ReadUInt32("uint32"));
        Assert.Equal(ulong.MaxValue - 1, reader.ReadUInt64("uint64"));
        Assert.Equal("grüße", reader.ReadText("text"));
        Assert.Equal([0x80, 1], reader.ReadMpint("mpint").ToArray());
        Assert.Equal([0, 0, 0, 3, 1, 2, 3], reader.ReadString("nested").ToArray());
        reader.ReadEnd("message");
        Assert.False(reader.Failed);
    }

    [Fact]
    public void Overwrites_what_was_written()
    {
        var writer = new SshWriter(16);
        writer.WriteString("secret");
        ReadOnlySpan<byte> written = writer.Written;
        writer.Dispose();
        Assert.Equal(-1, written.IndexOfAnyExcept((byte)0));
        Assert.Equal(0, writer.Length);
    }

    private static void Read(ref SshReader reader, string kind)
    {
        switch (kind)
        {
            case "byte": reader.ReadByte(kind); break;
            case "uint32": reader.ReadUInt32(kind); break;
            case "uint64": reader.ReadUInt64(kind); break;
            case "text": reader.ReadText(kind); break;
            default: reader.ReadString(kind); break;
        }
    }
}
