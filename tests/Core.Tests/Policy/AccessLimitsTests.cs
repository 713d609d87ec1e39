using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Policy;

/// <summary>What an allowed access may be at most: what grant and resource say together.</summary>
public sealed class AccessLimitsTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly Caller Ally = Broker.Alice with { UserName = Login.Parse("ally") };
    private static readonly HostAddress Database = HostAddress.Parse("127.0.0.1:5432");
    private static readonly HostAddress Cache = HostAddress.Parse("127.0.0.1:6379");
    private static readonly Resource Web = Broker.ResourceOf(hosts: "web.example.com");
    private static readonly Resource WithServices = Web with { Services = [new("database", Database), new("cache", Cache)] };
    private static readonly Grant Forwarding = Broker.GrantOf("g1") with { Permissions = [Permission.Pty, Permission.PortForwarding] };

    [Fact]
    public void Forwarding_reaches_anything_where_neither_says_what() => Assert.Null(Limits(Web, Forwarding).ForwardTargets);

    [Fact]
    public void Forwarding_reaches_the_named_services_and_nothing_else() =>
        Assert.Equal([Database, Cache], Limits(WithServices, Forwarding).ForwardTargets!.Value.ToArray());

    [Fact]
    public void A_grant_narrows_forwarding_further() =>
        Assert.Equal([Cache], Limits(WithServices, Forwarding with { ForwardTargets = [Cache, HostAddress.Parse("10.0.0.1:22")] }).ForwardTargets!.Value.ToArray());

    [Fact]
    public void Where_no_target_is_left_there_is_no_forwarding() =>
        Assert.Equal([Permission.Pty], Limits(WithServices, Forwarding with { ForwardTargets = [HostAddress.Parse("10.0.0.1:22")] }).Permissions.ToArray());

    [Fact]
    public void A_host_that_cannot_keep_forwarding_to_its_targets_gets_none()
    {
        AccessLimits limits = Limits(WithServices with { Profile = CertificateProfileName.PlainSshd }, Forwarding);
        Assert.Equal([Permission.Pty], limits.Permissions.ToArray());
    }

    [Fact]
    public void Services_do_not_limit_who_may_not_forward_at_all() =>
        Assert.Null(Limits(WithServices, Broker.GrantOf("g1")).ForwardTargets);

    [Fact]
    public void A_folder_leaves_no_permission()
    {
        AccessLimits limits = Limits(WithServices, Forwarding with { SftpFolder = SftpFolder.Parse("pub/media") });
        Assert.Empty(limits.Permissions.ToArray());
        Assert.Null(limits.ForwardTargets);
        Assert.Equal("pub/media", limits.SftpFolder!.Value.Text);
    }

    [Theory]
    [InlineData(CertificateProfileName.PlainSshd)]
    [InlineData(CertificateProfileName.GitHub)]
    public void A_folder_that_the_host_cannot_enforce_is_refused(CertificateProfileName profile) => Refused(
        "grant", Decide(Web with { Profile = profile }, Ally, Broker.GrantOf("g1") with { SftpFolder = SftpFolder.Parse("pub/media") }));

    [Fact]
    public void A_shell_comes_before_a_folder_however_long_that_one_lives()
    {
        Grant folder = Broker.GrantOf("a-folder") with { SftpFolder = SftpFolder.Parse("pub"), MaximumLifetime = TimeSpan.FromHours(9) };
        Grant shell = Broker.GrantOf("b-shell") with { MaximumLifetime = TimeSpan.FromMinutes(1) };
        Assert.Equal("b-shell", Allowed(Web, Ally, folder, shell).Grant.Id.Text);
    }

    [Fact]
    public void A_login_command_is_forced_only_where_the_owner_says_so()
    {
        Resource app = Web with { LoginCommand = ForcedCommand.Parse("bin/enter") };
        Assert.Null(Limits(app, Forwarding).ForcedCommand);
        Assert.Equal("bin/enter", Limits(app with { ForceLoginCommand = true }, Forwarding).ForcedCommand!.Value.Text);
    }

    [Fact]
    public void Own_name_is_the_login_of_who_is_called_so_and_of_nobody_else()
    {
        Resource shared = Web with { Logins = [LoginRule.Parse("{user}")] };
        Allowed(shared, Ally, "ally", Broker.GrantOf("g1"));
        Refused("login", Decide(shared, Ally, "deploy", Broker.GrantOf("g1")));
        Assert.Contains("has no user name", Refused("login", Decide(shared, Broker.Alice, "ally", Broker.GrantOf("g1"))).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grant_for_own_name_gives_no_other_login()
    {
        Resource both = Web with { Logins = [LoginRule.Parse("{user}"), LoginRule.Parse("deploy")] };
        Grant own = Broker.GrantOf("g1") with { Logins = [LoginRule.Parse("{user}")] };
        Allowed(both, Ally, "ally", own);
        Refused("grant", Decide(both, Ally, "deploy", own));
    }

    [Fact]
    public void Who_has_no_account_on_a_git_host_is_refused_there()
    {
        Resource git = Web with { Profile = CertificateProfileName.GitHub };
        Assert.Equal("ally", Allowed(git, Ally, Forwarding).Limits.Account);
        Assert.Empty(Allowed(git, Ally, Forwarding).Limits.Permissions.ToArray());
        Refused("account", Decide(git, Broker.Alice, Forwarding));
    }

    private static AccessLimits Limits(Resource resource, params Grant[] grants) => Allowed(resource, Ally, grants).Limits;

    private static AccessDecision.Allowed Allowed(Resource resource, Caller caller, params Grant[] grants) =>
        Assert.IsType<AccessDecision.Allowed>(Decide(resource, caller, grants));

    private static AccessDecision.Allowed Allowed(Resource resource, Caller caller, string login, params Grant[] grants) =>
        Assert.IsType<AccessDecision.Allowed>(Decide(resource, caller, login, grants));

    private static AccessDecision Decide(Resource resource, Caller caller, params Grant[] grants) => Decide(resource, caller, "deploy", grants);

    private static AccessDecision Decide(Resource resource, Caller caller, string login, params Grant[] grants) => AccessPolicy.Decide(
        new AccessQuestion(caller, resource.Path, Login.Parse(login), Now),
        new AccessFacts(
            new Project(ResourcePath.Parse("acme"), "", SshSwitch.Enabled),
            new ProjectEnvironment(ResourcePath.Parse("acme/production"), "", SshSwitch.Enabled, false),
            resource,
            [.. grants]));

    private static RuleFinding Refused(string rule, AccessDecision decision)
    {
        RuleFinding deciding = Assert.IsType<AccessDecision.Refused>(decision).Deciding;
        Assert.Equal(rule, deciding.Rule);
        return deciding;
    }
}
