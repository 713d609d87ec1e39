using SshFunctions.Core.Access;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Access;

public sealed class AccessRuleRegistryTests
{
    private const int Patience = 30_000;

    [Fact(Timeout = Patience)]
    public async Task The_nearest_rule_counts_as_a_whole()
    {
        await using var broker = new Broker();
        Assert.Equal((1, TimeSpan.FromHours(8)), Of(await broker.Rules.FindForAsync(Broker.Web, default)));
        await PutAsync(broker, "/", 2, 4);
        await PutAsync(broker, "acme/production", 3, 1);
        Assert.Equal((3, TimeSpan.FromHours(1)), Of(await broker.Rules.FindForAsync(Broker.Web, default)));
        Assert.Equal((2, TimeSpan.FromHours(4)), Of(await broker.Rules.FindForAsync(ResourcePath.Parse("acme/staging/web"), default)));
        Broker.Must(await broker.Rules.RemoveAsync(Broker.Admin, ResourcePath.Parse("acme/production"), default));
        Assert.Equal((2, TimeSpan.FromHours(4)), Of(await broker.Rules.FindForAsync(Broker.Web, default)));
        Broker.Refused<Refusal.NotFound>((await broker.Rules.RemoveAsync(Broker.Admin, ResourcePath.Parse("acme/production"), default)).Refusal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("no approval")]
    [InlineData("six approvals")]
    [InlineData("a year")]
    [InlineData("no wait")]
    [InlineData("admin")]
    [InlineData("nobody's own approval")]
    [InlineData("unknown time zone")]
    [InlineData("own approval for longer than anybody may")]
    public async Task Refuses_a_rule_with(string what)
    {
        await using var broker = new Broker();
        AccessRule rule = AccessRule.Default(Broker.Web);
        Holder[] staff = [Holder.Parse("group=staff")];
        rule = what switch
        {
            "no approval" => rule with { ApprovalsNeeded = 0 },
            "six approvals" => rule with { ApprovalsNeeded = 6 },
            "a year" => rule with { LongestDuration = TimeSpan.FromDays(365) },
            "no wait" => rule with { PendingLife = TimeSpan.Zero },
            "admin" => rule with { HighestRole = Role.Admin },
            "nobody's own approval" => rule with { AutoApproval = new AutoApproval([], [], null) },
            "unknown time zone" => rule with { AutoApproval = new AutoApproval([.. staff], [new AccessWindow([], default, default, "Nowhere/Atall")], null) },
            _ => rule with { AutoApproval = new AutoApproval([.. staff], [], TimeSpan.FromHours(9)) },
        };
        Broker.Refused<Refusal.Invalid>((await broker.Rules.PutAsync(Broker.Admin, rule, default)).Refusal);
        Assert.Null(await broker.Rules.FindAsync(Broker.Web, default));
    }

    private static (int, TimeSpan) Of(AccessRule rule) => (rule.ApprovalsNeeded, rule.LongestDuration);

    private static async Task PutAsync(Broker broker, string path, int approvals, int hours)
    {
        AccessRule rule = AccessRule.Default(ResourcePath.Parse(path)) with { ApprovalsNeeded = approvals, LongestDuration = TimeSpan.FromHours(hours) };
        Broker.Must(await broker.Rules.PutAsync(Broker.Admin, rule, default));
    }
}
