using System.Text;
using SshFunctions.Hooks.Host.Sftp;

namespace SshFunctions.Hooks.Tests.Host;

public sealed class SftpPathTests
{
    [Theory]
    [InlineData("", "/", ".")]
    [InlineData(".", "/", ".")]
    [InlineData("/", "/", ".")]
    [InlineData("a", "/a", "a")]
    [InlineData("/a//b/./c/", "/a/b/c", "a/b/c")]
    [InlineData("..", "/", ".")]
    [InlineData("/../../etc/passwd", "/etc/passwd", "etc/passwd")]
    [InlineData("a/../../../b", "/b", "b")]
    [InlineData("a/b/..", "/a", "a")]
    [InlineData("...", "/...", "...")]
    [InlineData("..a/.b", "/..a/.b", "..a/.b")]
    [InlineData("~/x y", "/~/x y", "~/x y")]
    public void Never_leads_above_the_top(string text, string absolute, string relative)
    {
        SftpPath path = SftpPath.Parse(Encoding.UTF8.GetBytes(text))!;

        Assert.Equal(absolute, path.ToString());
        Assert.Equal(relative + "\0", Encoding.UTF8.GetString(path.Relative));
        Assert.Equal(relative == ".", path.IsTop);
    }

    [Theory]
    [InlineData("a", ".", "a")]
    [InlineData("/a/b/c", "a/b", "c")]
    public void Tells_the_folder_from_the_name(string text, string parent, string name)
    {
        SftpPath path = SftpPath.Parse(Encoding.UTF8.GetBytes(text))!;

        Assert.Equal(parent + "\0", Encoding.UTF8.GetString(path.Parent));
        Assert.Equal(name + "\0", Encoding.UTF8.GetString(path.Name));
    }

    [Fact]
    public void Keeps_a_name_that_is_no_text()
    {
        byte[] name = [(byte)'n', 0xff, 0xfe];

        Assert.Equal([(byte)'/', .. name], SftpPath.Parse(name)!.Absolute);
    }

    [Fact]
    public void Refuses_a_NUL_and_what_is_longer_than_any_path()
    {
        Assert.Null(SftpPath.Parse("a\0b"u8));
        Assert.Null(SftpPath.Parse(new byte[4096]));
        Assert.NotNull(SftpPath.Parse(Encoding.ASCII.GetBytes(new string('a', 4095))));
    }
}
