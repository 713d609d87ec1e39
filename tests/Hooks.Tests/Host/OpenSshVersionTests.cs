using SshFunctions.Hooks.Host;

namespace SshFunctions.Hooks.Tests.Host;

public sealed class OpenSshVersionTests
{
    [Theory]
    [InlineData("OpenSSH_9.2, OpenSSL 3.0.19 27 Jan 2026\n", "9.2")]
    [InlineData("OpenSSH_10.0p2 Debian-7, OpenSSL 3.5.1 1 Jul 2025\n", "10.0")]
    [InlineData("unknown option -- V\nOpenSSH_8.9p1 Ubuntu-3ubuntu0.13, OpenSSL 3.0.2 15 Mar 2022\nusage: sshd\n", "8.9")]
    public void Finds_the_version_in_what_sshd_says(string said, string version)
    {
        Assert.True(OpenSshVersion.TryParse(said, out OpenSshVersion found));
        Assert.Equal(version, found.ToString());
    }

    [Theory]
    [InlineData("dropbear v2022.83\n")]
    [InlineData("OpenSSH_\u0669.\u0662p1\n")]
    public void Finds_none_in_anything_else_also_not_in_digits_of_another_script(string said) => Assert.False(OpenSshVersion.TryParse(said, out _));

    [Fact(Timeout = 60_000)]
    public async Task Of_the_sshd_here_is_what_it_says_itself()
    {
        Support.Sshd.OpenSshVersion installed = await Support.Sshd.OpenSshVersion.OfServerAsync(CancellationToken.None);

        Assert.Equal(new OpenSshVersion(installed.Major, installed.Minor), OpenSshVersion.Of(Support.Sshd.TestSshd.Program));
    }

    [Theory]
    [InlineData("/bin/true")]
    [InlineData("/nowhere/sshd")]
    public void Of_a_program_that_does_not_say_is_none(string program) => Assert.Null(OpenSshVersion.Of(program));
}
