using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Policy;

/// <summary>What somebody who holds a grant may give on.</summary>
public sealed class GrantCoverTests
{
    private static readonly DateTimeOffset End = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly Grant Own = Broker.GrantOf("own", role: Role.Manager) with
    {
        NotAfter = End,
        MaximumLifetime = TimeSpan.FromMinutes(5),
        Logins = [LoginRule.Parse("deploy")],
        SourceAddresses = [SourceRange.Parse("10.0.0.0/8")],
    };

    [Fact]
    public void Covers_what_is_the_same_or_narrower() =>
        Assert.True(Own.Covers(Own with { Role = Role.Developer, NotAfter = End - TimeSpan.FromDays(1) }));

    [Fact]
    public void Covers_no_higher_role() => Assert.False(Own.Covers(Own with { Role = Role.Admin }));

    [Fact]
    public void Covers_no_later_end() => Assert.False(Own.Covers(Own with { NotAfter = End + TimeSpan.FromSeconds(1) }));

    [Fact]
    public void Covers_no_grant_without_an_end() => Assert.False(Own.Covers(Own with { NotAfter = null }));

    [Fact]
    public void Covers_no_longer_life() => Assert.False(Own.Covers(Own with { MaximumLifetime = TimeSpan.FromMinutes(6) }));

    [Fact]
    public void Covers_no_further_login() => Assert.False(Own.Covers(Own with { Logins = [LoginRule.Parse("deploy"), LoginRule.Parse("root")] }));

    [Fact]
    public void Covers_no_grant_for_every_login() => Assert.False(Own.Covers(Own with { Logins = null }));

    [Fact]
    public void Covers_no_grant_from_anywhere() => Assert.False(Own.Covers(Own with { SourceAddresses = null }));

    [Fact]
    public void Covers_no_further_permission() =>
        Assert.False(Own.Covers(Own with { Permissions = [Permission.Pty, Permission.PortForwarding] }));

    [Fact]
    public void Covers_no_further_forward_target()
    {
        Grant own = Own with { ForwardTargets = [HostAddress.Parse("127.0.0.1:5432")] };
        Assert.True(own.Covers(own));
        Assert.False(own.Covers(own with { ForwardTargets = null }));
        Assert.False(own.Covers(own with { ForwardTargets = [HostAddress.Parse("127.0.0.1:5433")] }));
    }

    [Fact]
    public void Covers_no_other_folder_and_no_shell()
    {
        Grant own = Own with { SftpFolder = SftpFolder.Parse("pub/media") };
        Assert.True(own.Covers(own with { SftpFolder = SftpFolder.Parse("pub/media/2030") }));
        Assert.False(own.Covers(own with { SftpFolder = SftpFolder.Parse("pub/media2") }));
        Assert.False(own.Covers(own with { SftpFolder = SftpFolder.Parse("pub") }));
        Assert.False(own.Covers(own with { SftpFolder = null }));
    }

    [Fact]
    public void Covers_nothing_beside_or_above_its_path() =>
        Assert.False((Own with { Path = ResourcePath.Parse("acme/production") }).Covers(Own with { Path = ResourcePath.Parse("acme") }));

    [Fact]
    public void An_admins_own_limits_of_sessions_do_not_bind_what_it_gives() =>
        Assert.True((Own with { Role = Role.Admin, NotAfter = null }).Covers(Own with { NotAfter = null, Logins = null, SourceAddresses = null }));
}
