using SshFunctions.Hooks.Hook;

namespace SshFunctions.Hooks.Tests.Hook;

public sealed class SshCommandLineTests
{
    [Theory]
    [InlineData("ssh -G web")]
    [InlineData("ssh web -G")]
    [InlineData("ssh -vG web")]
    [InlineData("ssh -p 2222 -o User=x -G web")]
    [InlineData("ssh -O check web")]
    [InlineData("ssh -Ocheck web")]
    [InlineData("ssh -p2222 web -O exit")]
    [InlineData("ssh -F none -l root -G -- web")]
    public void Sees_that_ssh_connects_nowhere(string line) => Assert.True(SshCommandLine.ConnectsNowhere(line.Split(' ')));

    [Theory]
    [InlineData("ssh web")]
    [InlineData("ssh web ls -G")]
    [InlineData("ssh web -v git -O")]
    [InlineData("ssh -o G web")]
    [InlineData("ssh -oUser=G web")]
    [InlineData("ssh -l -G web")]
    [InlineData("ssh -p 22 web -- -G")]
    [InlineData("ssh -W web:22 -J jump web")]
    [InlineData("ssh -lG web")]
    [InlineData("ssh -E /tmp/G web")]
    public void Sees_that_ssh_connects(string line) => Assert.False(SshCommandLine.ConnectsNowhere(line.Split(' ')));
}
