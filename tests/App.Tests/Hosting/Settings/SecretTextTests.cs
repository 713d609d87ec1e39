using SshFunctions.App.Hosting.Settings;

namespace SshFunctions.App.Tests.Hosting.Settings;

public sealed class SecretTextTests
{
    [Theory]
    [InlineData("", "secretFile is empty")]
    [InlineData("/etc/sshfn/\0secret", "secretFile holds the character U+0000")]
    [InlineData("/nowhere/secret", "secretFile /nowhere/secret can't be read")]
    [InlineData("/", "can be read by other users")]
    public void What_is_no_file_of_a_secret_is_refused_by_its_member(string path, string expected) =>
        Assert.Contains(expected, SecretText.FromFile("secretFile", path).Refusal!.Detail, StringComparison.Ordinal);
}
