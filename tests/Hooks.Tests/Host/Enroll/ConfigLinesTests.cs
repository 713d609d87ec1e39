using SshFunctions.Hooks.Host.Enroll;

namespace SshFunctions.Hooks.Tests.Host.Enroll;

public sealed class ConfigLinesTests
{
    [Theory]
    [InlineData("=")]
    [InlineData(" == ")]
    [InlineData("=\t=")]
    public void A_line_of_nothing_but_equals_signs_breaks_nothing(string line) =>
        Assert.Equal("Port", Assert.Single(ConfigLines.Parse("sshd_config", $"{line}\nPort 22\n")).Keyword);
}
