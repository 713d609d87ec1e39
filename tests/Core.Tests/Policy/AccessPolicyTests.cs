using System.Collections.Immutable;
using SshFunctions.Core.Access;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Policy;

public sealed class AccessPolicyTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly Project Project = new(ResourcePath.Parse("acme"), "", SshSwitch.Enabled);
    private static readonly ProjectEnvironment Environment = new(ResourcePath.Parse("acme/production"), "", SshSwitch.Enabled, false);
    private static readonly Resource Resource = Broker.ResourceOf(hosts: "web.example.com");
    private static readonly AccessFacts Facts = new(Project, Environment, Resource, [Broker.GrantOf("g1")]);

    [Fact]
    public void Allows_what_a_grant_gives_and_nothing_forbids() =>
        Assert.Equal("g1", Assert.IsType<AccessDecision.Allowed>(Decide(Facts)).Grant.Id.Text);

    [Theory]
    [InlineData(SshSwitch.Enabled, SshSwitch.Enabled, SshSwitch.Enabled, null)]
    [InlineData(SshSwitch.Disabled, SshSwitch.Enabled, SshSwitch.Enabled, "project acme")]
    [InlineData(SshSwitch.Enabled, SshSwitch.Disabled, SshSwitch.Enabled, "environment acme/production")]
    [InlineData(SshSwitch.Enabled, SshSwitch.Enabled, SshSwitch.Disabled, "resource acme/production/web")]
    [InlineData(SshSwitch.Disabled, SshSwitch.Disabled, SshSwitch.Disabled, "project acme")]
    public void A_switch_that_is_off_at_any_level_refuses(SshSwitch project, SshSwitch environment, SshSwitch resource, string? level)
    {
        AccessDecision decision = Decide(Facts with
        {
            Project = Project with { SshSwitch = project },
            Environment = Environment with { SshSwitch = environment },
            Resource = Resource with { SshSwitch = resource },
        });
        if (level is null) Assert.IsType<AccessDecision.Allowed>(decision);
        else Assert.Equal($"SSH is disabled on {level}", RefusedBy("ssh-switch", decision).Detail);
    }

    [Fact]
    public void Standing_grants_give_nothing_in_a_protected_environment()
    {
        RuleFinding refusal = RefusedBy("protected", Decide(Facts with { Environment = Environment with { Protected = true } }));
        Assert.Equal("ask for access for a while: sshfn request open acme/production/web --reason TEXT", refusal.Fix);
    }

    [Fact]
    public void A_grant_of_an_access_request_counts_in_a_protected_environment()
    {
        AccessRequestId id = AccessRequestId.Create(Now);
        Grant given = Broker.GrantOf("g1") with { Id = id.Grant, Request = id };
        AccessDecision decision = Decide(Facts with { Environment = Environment with { Protected = true }, Grants = [Broker.GrantOf("g0"), given] });
        Assert.Equal(id, Assert.IsType<AccessDecision.Allowed>(decision).Grant.Request);
    }

    [Fact]
    public void A_revoked_subject_is_refused_with_the_reason() =>
        Assert.Contains("left the company", RefusedBy("subject-revoked", Decide(Facts with { SubjectRevoked = "left the company" })).Detail, StringComparison.Ordinal);

    [Fact]
    public void Who_holds_no_grant_learns_no_login_and_no_switch()
    {
        AccessFacts hidden = Facts with { Grants = [], Resource = Resource with { SshSwitch = SshSwitch.Disabled } };
        AccessDecision decision = Decide(hidden, login: "nosuch");
        RuleFinding only = Assert.Single(decision.Findings);
        Assert.Equal("grant", only.Rule);
        Assert.DoesNotContain("deploy", only.Detail + only.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_that_the_resource_does_not_have_is_refused() =>
        RefusedBy("login", Decide(Facts, login: "postgres"));

    [Fact]
    public void A_login_is_compared_to_the_letter() => RefusedBy("login", Decide(Facts, login: "Deploy"));

    [Theory]
    [InlineData(Role.Auditor, false)]
    [InlineData(Role.Developer, true)]
    [InlineData(Role.Manager, true)]
    [InlineData(Role.Admin, true)]
    public void Every_role_but_auditor_connects(Role role, bool allowed) =>
        Assert.Equal(allowed, Decide(With(Broker.GrantOf("g1", role: role))) is AccessDecision.Allowed);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void A_grant_begins_at_its_first_moment(int ticksAfterBegin, bool allowed) =>
        Assert.Equal(allowed, Decide(With(Broker.GrantOf("g1") with { NotBefore = Now.AddTicks(-ticksAfterBegin) })) is AccessDecision.Allowed);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_grant_has_ended_at_its_end(int ticksAfterEnd, bool allowed) =>
        Assert.Equal(allowed, Decide(With(Broker.GrantOf("g1") with { NotAfter = Now.AddTicks(-ticksAfterEnd) })) is AccessDecision.Allowed);

    [Fact]
    public void A_grant_for_some_logins_gives_no_other()
    {
        AccessFacts facts = With(Broker.GrantOf("g1") with { Logins = [LoginRule.Parse("root")] });
        RefusedBy("grant", Decide(facts));
        Assert.IsType<AccessDecision.Allowed>(Decide(facts, login: "root"));
        RefusedBy("grant", Decide(With(Broker.GrantOf("g1") with { Logins = [] })));
    }

    [Fact]
    public void Without_a_grant_it_refuses_and_says_whom_to_ask() =>
        Assert.Contains("ask a manager", RefusedBy("grant", Decide(With())).Fix, StringComparison.Ordinal);

    [Fact]
    public void Every_rule_speaks_also_after_one_refused()
    {
        AccessDecision decision = Decide(Facts with { Project = Project with { SshSwitch = SshSwitch.Disabled }, SubjectRevoked = "x" });
        Assert.Equal(
            ["subject-revoked", "ssh-switch", "ssh-switch", "ssh-switch", "login", "protected", "grant"],
            decision.Findings.Select(finding => finding.Rule));
        RefusedBy("subject-revoked", decision);
    }

    public static TheoryData<string> Rivals => ["longer life", "no bound", "more permissions", "lower id", "lasting", "from anywhere", "later end"];

    [Theory]
    [MemberData(nameof(Rivals))]
    public void The_best_grant_wins_in_whatever_order_they_are_read(string advantage)
    {
        Grant plain = Broker.GrantOf("m") with { MaximumLifetime = TimeSpan.FromMinutes(5) };
        (Grant better, Grant worse) = advantage switch
        {
            "longer life" => (plain with { MaximumLifetime = TimeSpan.FromMinutes(6) }, plain),
            "no bound" => (plain with { MaximumLifetime = null }, plain),
            "more permissions" => (plain with { Permissions = [Permission.Pty, Permission.UserRc] }, plain),
            "lower id" => (Broker.GrantOf("a") with { MaximumLifetime = TimeSpan.FromMinutes(5) }, plain),
            "lasting" => (plain, plain with { MaximumLifetime = null, NotAfter = Now.AddSeconds(10) }),
            "from anywhere" => (plain, plain with { SourceAddresses = [SourceRange.Parse("10.0.0.0/8")] }),
            _ => (plain with { NotAfter = Now.AddHours(2) }, plain with { NotAfter = Now.AddHours(1) }),
        };
        worse = worse with { Id = GrantId.Parse("z") };
        if (advantage != "lower id" && advantage != "lasting") better = better with { Id = GrantId.Parse("zz") };
        Assert.Equal(better, Assert.IsType<AccessDecision.Allowed>(Decide(With(better, worse))).Grant);
        Assert.Equal(better, Assert.IsType<AccessDecision.Allowed>(Decide(With(worse, better))).Grant);
    }

    [Fact]
    public void A_grant_that_is_better_but_not_in_force_is_passed_by()
    {
        Grant ended = Broker.GrantOf("a") with { NotAfter = Now, Permissions = [Permission.Pty, Permission.UserRc] };
        Assert.Equal("g1", Assert.IsType<AccessDecision.Allowed>(Decide(With(ended, Broker.GrantOf("g1")))).Grant.Id.Text);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(5, null, 5)]
    [InlineData(null, 7, 7)]
    [InlineData(5, 7, 5)]
    [InlineData(7, 5, 5)]
    public void The_life_is_the_least_of_grant_and_resource(int? grant, int? resource, int? expected)
    {
        AccessFacts facts = With(Broker.GrantOf("g1") with { MaximumLifetime = Minutes(grant) });
        AccessDecision decision = Decide(facts with { Resource = Resource with { MaximumLifetime = Minutes(resource) } });
        Assert.Equal(Minutes(expected), Assert.IsType<AccessDecision.Allowed>(decision).Limits.MaximumLifetime);
    }

    [Fact]
    public void The_limits_are_the_grants_own()
    {
        Grant grant = Broker.GrantOf("g1") with
        {
            NotAfter = Now.AddDays(1),
            SourceAddresses = [SourceRange.Parse("10.0.0.0/8")],
            Permissions = [Permission.AgentForwarding],
        };
        AccessLimits limits = Assert.IsType<AccessDecision.Allowed>(Decide(With(grant))).Limits;
        Assert.Equal(grant.NotAfter, limits.NotAfter);
        Assert.Equal(grant.SourceAddresses, limits.SourceAddresses);
        Assert.Equal(Permission.AgentForwarding, Assert.Single(limits.Permissions));
    }

    private static TimeSpan? Minutes(int? minutes) => minutes is { } some ? TimeSpan.FromMinutes(some) : null;

    private static AccessFacts With(params ImmutableArray<Grant> grants) => Facts with { Grants = grants };

    private static AccessDecision Decide(AccessFacts facts, string login = "deploy") =>
        AccessPolicy.Decide(new AccessQuestion(Broker.Alice, Broker.Web, Login.Parse(login), Now), facts);

    private static RuleFinding RefusedBy(string rule, AccessDecision decision)
    {
        RuleFinding deciding = Assert.IsType<AccessDecision.Refused>(decision).Deciding;
        Assert.Equal(rule, deciding.Rule);
        Assert.NotNull(deciding.Fix);
        return deciding;
    }
}
