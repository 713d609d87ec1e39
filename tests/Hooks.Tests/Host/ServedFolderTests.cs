using SshFunctions.Core.Policy;
using SshFunctions.Hooks.Host.Sftp;

namespace SshFunctions.Hooks.Tests.Host;

public sealed class ServedFolderTests
{
    [Theory]
    [InlineData("pub/media", true)]
    [InlineData("/srv/media/", true)]
    [InlineData("a.b_c-d", true)]
    [InlineData("", false)]
    [InlineData("/", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("../other", false)]
    [InlineData("pub/../..", false)]
    [InlineData(".ssh", false)]
    [InlineData("pub/.git", false)]
    [InlineData("-d", false)]
    [InlineData("pub//media", false)]
    [InlineData("//pub", false)]
    [InlineData("pub media", false)]
    [InlineData("pub;id", false)]
    [InlineData("$HOME", false)]
    [InlineData("~", false)]
    [InlineData("médias", false)]
    public void Takes_the_names_that_a_grant_may_hold_and_no_other(string name, bool isTaken)
    {
        Assert.Equal(isTaken, ServedFolder.IsWellFormed(name));
        Assert.Equal(isTaken, SftpFolder.TryParse(name, null, out _));
    }

    [Fact]
    public void Takes_255_characters_and_no_more()
    {
        Assert.Equal(255, SftpFolder.MaximumLength);
        Assert.True(ServedFolder.IsWellFormed(new string('a', 255)));
        Assert.False(ServedFolder.IsWellFormed(new string('a', 256)));
    }

    [Theory]
    [InlineData("/home/deploy/pub/media", null)]
    [InlineData("/home/deployer", null)]
    [InlineData("/home/depl", null)]
    [InlineData("/srv/media", null)]
    [InlineData("/", "is the root of the file system")]
    [InlineData("/home/deploy", "is the account's home, which holds files that a shell and sshd obey")]
    [InlineData("/home", "contains the account's home, which holds files that a shell and sshd obey")]
    [InlineData("/home/deploy/.ssh", "lies in a hidden folder")]
    [InlineData("/home/deploy/.config/a", "lies in a hidden folder")]
    [InlineData("/srv/media (deleted)", "was removed")]
    public void Judges_where_a_folder_really_lies(string path, string? problem) =>
        Assert.Equal(problem, ServedFolder.Problem(path, "/home/deploy"));
}
