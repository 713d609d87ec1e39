using System.Text;
using SshFunctions.Hooks.Host.Sftp;
using SshFunctions.Ssh.Wire;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Host;

public sealed class SftpSessionTests : IDisposable
{
    private const uint Reading = 1;
    private const uint CreatingToWrite = 2 | 8;
    private static readonly byte[] First = [0, 0, 0, 0];

    private readonly TemporaryFolder _outer = new();
    private readonly string _folder;

    public SftpSessionTests()
    {
        _outer.Write("secret", "not for the client\n");
        _folder = Directory.CreateDirectory(_outer["served"]).FullName;
        File.WriteAllText(_folder + "/file", "content\n");
        Directory.CreateDirectory(_folder + "/inner");
        File.CreateSymbolicLink(_folder + "/out", "../secret");
        File.CreateSymbolicLink(_folder + "/absolute", "/etc/passwd");
        File.CreateSymbolicLink(_folder + "/outside", "/etc");
        File.CreateSymbolicLink(_folder + "/alias", "file");
        File.CreateSymbolicLink(_folder + "/circle", "circle");
    }

    public void Dispose() => _outer.Dispose();

    [Theory]
    [InlineData("out")]
    [InlineData("absolute")]
    [InlineData("outside/passwd")]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("inner/../../secret")]
    [InlineData("circle")]
    public void Opens_and_shows_nothing_outside(string path)
    {
        List<byte[]> answers = new SftpDialogue()
            .Request(PacketKind.Open, writer => Open(writer, path, Reading))
            .Request(PacketKind.State, writer => writer.WriteString(path))
            .Request(PacketKind.SetState, writer => { writer.WriteString(path); writer.WriteUInt32(4); writer.WriteUInt32(511); })
            .Request(PacketKind.SetState, writer => { writer.WriteString(path); writer.WriteUInt32(1); writer.WriteUInt64(0); })
            .HoldOver(_folder);

        Assert.All(answers.Index(), answer =>
            Assert.Contains(SftpDialogue.StatusOf(answer.Item, (uint)answer.Index + 1), new[] { StatusCode.PermissionDenied, StatusCode.NoSuchFile }));
        Assert.Equal("not for the client\n", File.ReadAllText(_outer["secret"]));
    }

    [Theory]
    [InlineData("outside/sshfn-test")]
    [InlineData("../new")]
    [InlineData("out")]
    public void Makes_removes_and_renames_nothing_outside(string path)
    {
        new SftpDialogue()
            .Request(PacketKind.Open, writer => Open(writer, path, CreatingToWrite))
            .Request(PacketKind.MakeFolder, writer => { writer.WriteString(path); writer.WriteUInt32(0); })
            .Request(PacketKind.Rename, writer => { writer.WriteString("file"); writer.WriteString(path); })
            .Request(PacketKind.Remove, writer => writer.WriteString(path))
            .HoldOver(_folder);

        Assert.Equal(["secret", "served"], Directory.GetFileSystemEntries(_outer.Path).Select(Path.GetFileName).Order());
        Assert.False(Path.Exists("/etc/sshfn-test"));
        Assert.True(File.Exists("/etc/passwd"));
        Assert.Equal("not for the client\n", File.ReadAllText(_outer["secret"]));
    }

    [Fact]
    public void Follows_a_link_that_stays_inside()
    {
        List<byte[]> answers = new SftpDialogue()
            .Request(PacketKind.Open, writer => Open(writer, "alias", Reading))
            .Request(PacketKind.Read, writer => { writer.WriteString(First); writer.WriteUInt64(3); writer.WriteUInt32(100); })
            .Request(PacketKind.Read, writer => { writer.WriteString(First); writer.WriteUInt64(8); writer.WriteUInt32(100); })
            .HoldOver(_folder);

        SshReader data = new(answers[1].AsSpan(5));
        Assert.Equal("tent\n", data.ReadText("data"));
        Assert.Equal(StatusCode.EndOfFile, SftpDialogue.StatusOf(answers[2], 3));
    }

    [Fact(Timeout = 60_000)]
    public async Task Does_not_wait_for_a_pipe()
    {
        (await ProcessRun.ToEndAsync("mkfifo", [_folder + "/pipe"])).Expect(0);

        List<byte[]> answers = new SftpDialogue()
            .Request(PacketKind.Open, writer => Open(writer, "pipe", Reading))
            .Request(PacketKind.Open, writer => Open(writer, "pipe", CreatingToWrite))
            .HoldOver(_folder);

        Assert.Equal(StatusCode.PermissionDenied, SftpDialogue.StatusOf(answers[0], 1));
        Assert.Equal(StatusCode.Failure, SftpDialogue.StatusOf(answers[1], 2));
    }

    [Fact]
    public void Gives_new_files_no_special_bits_and_no_owner()
    {
        const uint Special = 0b111_111_101_101;
        List<byte[]> answers = new SftpDialogue()
            .Request(PacketKind.Open, writer => { writer.WriteString("new"); writer.WriteUInt32(CreatingToWrite); writer.WriteUInt32(4); writer.WriteUInt32(Special); })
            .Request(PacketKind.SetHandleState, writer => { writer.WriteString(First); writer.WriteUInt32(4); writer.WriteUInt32(Special); })
            .Request(PacketKind.SetState, writer => { writer.WriteString("new"); writer.WriteUInt32(4); writer.WriteUInt32(Special); })
            .Request(PacketKind.SetState, writer => { writer.WriteString("file"); writer.WriteUInt32(1 | 2); writer.WriteUInt64(0); writer.WriteUInt64(0); })
            .HoldOver(_folder);

        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(_folder + "/new") & (UnixFileMode)0b111_111_101_101);
        Assert.Equal(StatusCode.PermissionDenied, SftpDialogue.StatusOf(answers[3], 4));
        Assert.Equal("content\n", File.ReadAllText(_folder + "/file"));
    }

    [Fact]
    public void Makes_no_links_and_says_which_requests_it_does_not_know()
    {
        List<byte[]> answers = new SftpDialogue()
            .Request(PacketKind.MakeLink, writer => { writer.WriteString("/etc"); writer.WriteString("link"); })
            .Request(PacketKind.Extended, writer => { writer.WriteString("hardlink@openssh.com"); writer.WriteString("file"); writer.WriteString("hard"); })
            .Request((PacketKind)99, _ => { })
            .HoldOver(_folder);

        Assert.Equal(StatusCode.PermissionDenied, SftpDialogue.StatusOf(answers[0], 1));
        Assert.Equal(StatusCode.Unsupported, SftpDialogue.StatusOf(answers[1], 2));
        Assert.Equal(StatusCode.Unsupported, SftpDialogue.StatusOf(answers[2], 3));
        Assert.False(Path.Exists(_folder + "/hard"));
    }

    [Fact]
    public void Keeps_a_target_that_is_there_unless_the_client_means_to_replace_it()
    {
        File.WriteAllText(_folder + "/other", "other\n");
        List<byte[]> answers = new SftpDialogue()
            .Request(PacketKind.Rename, writer => { writer.WriteString("other"); writer.WriteString("file"); })
            .Request(PacketKind.Extended, writer => { writer.WriteString("posix-rename@openssh.com"); writer.WriteString("other"); writer.WriteString("file"); })
            .HoldOver(_folder);

        Assert.Equal(StatusCode.Failure, SftpDialogue.StatusOf(answers[0], 1));
        Assert.Equal(StatusCode.Ok, SftpDialogue.StatusOf(answers[1], 2));
        Assert.Equal("other\n", File.ReadAllText(_folder + "/file"));
    }

    [Fact]
    public void Never_removes_or_renames_the_folder_itself()
    {
        List<byte[]> answers = new SftpDialogue()
            .Request(PacketKind.RemoveFolder, writer => writer.WriteString("/.."))
            .Request(PacketKind.Rename, writer => { writer.WriteString("."); writer.WriteString("inner/x"); })
            .HoldOver(_folder);

        Assert.Equal(StatusCode.PermissionDenied, SftpDialogue.StatusOf(answers[0], 1));
        Assert.Equal(StatusCode.PermissionDenied, SftpDialogue.StatusOf(answers[1], 2));
    }

    [Fact]
    public void Holds_a_hundred_things_open_and_no_more()
    {
        SftpDialogue dialogue = new();
        for (int count = 0; count < 101; count++)
            dialogue.Request(PacketKind.Open, writer => Open(writer, "file", Reading));
        List<byte[]> answers = dialogue
            .Request(PacketKind.Close, writer => writer.WriteString(First))
            .Request(PacketKind.OpenFolder, writer => writer.WriteString("/"))
            .Request(PacketKind.Close, writer => writer.WriteString(First))
            .HoldOver(_folder);

        Assert.Equal(StatusCode.Failure, SftpDialogue.StatusOf(answers[100], 101));
        Assert.Equal(StatusCode.Ok, SftpDialogue.StatusOf(answers[101], 102));
        Assert.Equal((byte)PacketKind.Handle, answers[102][0]);
        Assert.Equal(StatusCode.Failure, SftpDialogue.StatusOf(answers[103], 104));
    }

    [Fact]
    public void Lists_a_large_folder_in_batches_with_names_that_are_no_text()
    {
        for (int count = 0; count < 250; count++)
            File.WriteAllText($"{_folder}/inner/{count:000}", "");
        SftpDialogue dialogue = new SftpDialogue().Request(PacketKind.OpenFolder, writer => writer.WriteString("inner"));
        for (int count = 0; count < 4; count++)
            dialogue.Request(PacketKind.ReadFolder, writer => writer.WriteString(First));

        List<byte[]> answers = dialogue.HoldOver(_folder);

        Assert.Equal([100u, 100u, 50u], answers[1..4].Select(answer => { SshReader reader = new(answer.AsSpan(5)); return reader.ReadUInt32("count"); }));
        Assert.Contains("-rw", Encoding.Latin1.GetString(answers[1]), StringComparison.Ordinal);
        Assert.Equal(StatusCode.EndOfFile, SftpDialogue.StatusOf(answers[4], 5));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 1 })]
    [InlineData(new byte[] { 0, 4, 0, 1, 5 })]
    [InlineData(new byte[] { 0, 0, 0, 9, 3, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0, 0, 0, 2, 3, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 9, 17, 0, 0, 0, 1, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 0, 0, 0, 5, 1, 0, 0, 0, 3 })]
    public void Ends_the_session_at_what_is_no_packet(byte[] bytes) =>
        Assert.Throws<SshFormatException>(() => new SftpDialogue().Raw(bytes).HoldOver(_folder));

    [Fact]
    public void Survives_packets_of_chance()
    {
        // A fixed seed: the same packets each time.
        uint state = 20260101;
        for (int round = 0; round < 2000; round++)
        {
            SftpDialogue dialogue = new SftpDialogue().Request(PacketKind.Open, writer => Open(writer, "file", Reading));
            state = Next(state);
            PacketKind kind = (PacketKind)(3 + state / 65536 % 18);
            byte[] noise = new byte[state % 61];
            for (int at = 0; at < noise.Length; at++)
                noise[at] = (byte)((state = Next(state)) >> 24 & 7);
            dialogue.Request(kind, writer => writer.WriteBytes(noise));
            try
            {
                Assert.Equal(2, dialogue.HoldOver(_folder).Count);
            }
            catch (SshFormatException)
            {
                // The other right answer to noise.
            }
        }

        // Noise may have been a chmod.
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_000_000);
    }

    // The generator of Numerical Recipes; it lives from overflow.
    private static uint Next(uint state) => unchecked(state * 1664525 + 1013904223);

    private static void Open(SshWriter writer, string path, uint flags)
    {
        writer.WriteString(path);
        writer.WriteUInt32(flags);
        writer.WriteUInt32(0);
    }
}
