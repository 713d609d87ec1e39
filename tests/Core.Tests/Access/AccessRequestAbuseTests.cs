using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using static SshFunctions.Core.Tests.Access.AccessRequestSteps;

namespace SshFunctions.Core.Tests.Access;

/// <summary>What somebody tried, to get or keep more than was decided.</summary>
public sealed class AccessRequestAbuseTests
{
    private const int Patience = 30_000;
    private static readonly Caller Mallory = new(CallerKind.Person, Subject.Parse("mallory"), []);

    [Fact(Timeout = Patience)]
    public async Task An_order_opened_under_a_wide_rule_is_not_approved_under_a_narrow_one()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        AccessRequest opened = await OpenAsync(broker);
        await ApproveAsync(broker, opened, Carol);
        await PutRuleAsync(broker, rule => rule with { LongestDuration = TimeSpan.FromHours(1) });
        Refusal refused = Broker.Refused<Refusal.Conflict>((await broker.Requests.ApproveAsync(Dave, opened.Id, null, null, default)).Refusal);
        Assert.Contains("the rule of acme/production/web changed", refused.Detail, StringComparison.Ordinal);

        await PutRuleAsync(broker, rule => rule);
        await ApproveAsync(broker, opened, Dave);
        await PutRuleAsync(broker, rule => rule with { Shapes = [AccessShape.SftpFolder] });
        AccessRequest failed = Broker.Must(await broker.Requests.ProvisionAsync(opened.Id, default));
        Assert.Equal(AccessRequestState.Approved, failed.State);
        Assert.Contains("the rule of acme/production/web changed", failed.Failure, StringComparison.Ordinal);
        Assert.Null(await broker.Grants.FindAsync(opened.Id.Grant, default));
    }

    [Fact(Timeout = Patience)]
    public async Task An_approval_of_whom_the_rule_names_no_longer_does_not_count()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        await PutRuleAsync(broker, rule => rule with { Approvers = [Holder.Parse("subject=mallory")] });
        AccessRequest opened = await OpenAsync(broker);
        await ApproveAsync(broker, opened, Mallory);
        await PutRuleAsync(broker, rule => rule);
        Assert.Equal(AccessRequestState.Pending, (await ApproveAsync(broker, opened, Carol)).State);
        await PutRuleAsync(broker, rule => rule with { Approvers = [Holder.Parse("subject=carol"), Holder.Parse("subject=dave")] });
        // As one of a group that is not named any more she says it again.
        Assert.Equal(AccessRequestState.Pending, (await ApproveAsync(broker, opened, Carol)).State);
        Assert.Equal(AccessRequestState.Approved, (await ApproveAsync(broker, opened, Dave)).State);
        Assert.Equal(["carol", "dave"], (await broker.Requests.FindAsync(opened.Id, default))!.Approvals.Select(approval => approval.By.Text));
    }

    [Fact(Timeout = Patience)]
    public async Task Nothing_else_takes_the_place_of_more_time_that_an_approver_has_seen()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        AccessRequest active = await ActivateAsync(broker);
        Broker.Must(await broker.Requests.ExtendAsync(Broker.Alice, active.Id, TimeSpan.FromMinutes(5), "nearly done", default));
        Broker.Refused<Refusal.Conflict>((await broker.Requests.ExtendAsync(Broker.Alice, active.Id, TimeSpan.FromHours(5), "more", default)).Refusal);
        await ApproveAsync(broker, active, Carol);
        Assert.Equal(active.Ends!.Value.AddMinutes(5), (await ApproveAsync(broker, active, Dave)).Ends);
    }

    [Fact(Timeout = Patience)]
    public async Task A_ticket_that_names_somebody_is_decided_by_people()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        await PutRuleAsync(broker, rule => rule with { AutoApproval = new AutoApproval([Holder.Of(Broker.Alice.Subject)], [], null), BreakGlass = [Holder.Of(Broker.Alice.Subject)] });
        AccessRequestOrder order = Order() with { Ticket = new TicketReference("jira", "OPS-18", null), PublicKey = broker.ClientKey.ToText() };
        Broker.Refused<Refusal.Denied>((await broker.Requests.OpenAsync(Caller.System, order with { BreakGlass = true }, default)).Refusal);
        AccessRequest opened = Broker.Must(await broker.Requests.OpenAsync(Caller.System, order, default));
        Assert.Equal(AccessRequestState.Pending, opened.State);
        Assert.Null(await broker.Keys.FindAsync(KeyRegistry.IdOf(broker.ClientKey.Fingerprint), default));
        await ApproveAsync(broker, opened, Carol);
        await ApproveAsync(broker, opened, Dave);
        Broker.Must(await broker.Requests.ProvisionAsync(opened.Id, default));
        Assert.NotNull(await broker.Keys.FindAsync(KeyRegistry.IdOf(broker.ClientKey.Fingerprint), default));
    }

    [Theory(Timeout = Patience)]
    [InlineData(CallerKind.Person, true)]
    [InlineData(CallerKind.Service, false)]
    public async Task A_proof_that_is_bound_or_of_a_program_does_not_become_a_key(CallerKind kind, bool bound)
    {
        await using Broker broker = await BrokerOfTwoAsync();
        Caller caller = Broker.Alice with { Kind = kind, IsBound = bound };
        Broker.Refused<Refusal.Denied>((await broker.Requests.OpenAsync(caller, Order() with { PublicKey = broker.ClientKey.ToText() }, default)).Refusal);
        Assert.Equal(AccessRequestState.Pending, (await OpenAsync(broker, requester: caller)).State);
    }

    [Fact(Timeout = Patience)]
    public async Task A_rule_of_one_resource_does_not_count_in_an_environment_that_was_protected_later()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync(withGrant: false);
        AccessRule lax = AccessRule.Default(Broker.Web) with { AutoApproval = new AutoApproval([Holder.Of(Broker.Alice.Subject)], [], null) };
        Broker.Must(await broker.Rules.PutAsync(Broker.Admin, lax, default));
        Assert.Equal(AccessRequestState.Approved, (await OpenAsync(broker)).State);
        Broker.Must(await broker.Tree.PutEnvironmentAsync(Broker.Admin, new ProjectEnvironment(Broker.Web.Parent, "", SshSwitch.Enabled, Protected: true), default));
        Assert.Equal(AccessRequestState.Pending, (await OpenAsync(broker)).State);
    }

    [Fact(Timeout = Patience)]
    public async Task A_place_made_again_under_its_name_has_no_rule_and_no_requests_of_the_old_one()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        Broker.Must(await broker.Rules.PutAsync(Broker.Admin, AccessRule.Default(Broker.Web), default));
        AccessRequest opened = await OpenAsync(broker);
        var removal = new TreeRemoval(broker.Tree, broker.Grants, broker.Hosts, broker.Rules, broker.Requests);
        Broker.Must(await removal.RemoveAsync(Broker.Admin, Broker.Web, default));
        Assert.Null(await broker.Rules.FindAsync(Broker.Web, default));
        AccessRequest closed = (await broker.Requests.FindAsync(opened.Id, default))!;
        Assert.Equal((AccessRequestState.Closed, "acme/production/web was removed"), (closed.State, closed.Ending!.Reason));
    }

    [Fact(Timeout = Patience)]
    public async Task Nobody_decides_an_extension_that_they_have_not_seen()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        AccessRequest active = await ActivateAsync(broker);
        AccessRequest asked = Broker.Must(await broker.Requests.ExtendAsync(Broker.Alice, active.Id, TimeSpan.FromMinutes(15), "a little", default));
        // Somebody who had the request itself before their eyes, and who reads the answer.
        Refusal unseen = Broker.Refused<Refusal.Conflict>((await broker.Requests.ApproveAsync(Carol, active.Id, null, null, default)).Refusal);
        Assert.Contains($"--until {asked.Extension!.Ends.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}", unseen.Fix, StringComparison.Ordinal);

        Broker.Must(await broker.Requests.DenyAsync(Dave, active.Id, null, asked.Extension.Ends, default));
        AccessRequest more = Broker.Must(await broker.Requests.ExtendAsync(Broker.Alice, active.Id, TimeSpan.FromHours(2), "much", default));
        Broker.Refused<Refusal.Conflict>((await broker.Requests.ApproveAsync(Carol, active.Id, null, asked.Extension.Ends, default)).Refusal);
        Broker.Refused<Refusal.Conflict>((await broker.Requests.DenyAsync(Carol, active.Id, null, asked.Extension.Ends, default)).Refusal);
        Assert.Empty((await broker.Requests.FindAsync(active.Id, default))!.Extension!.Approvals);
        Broker.Must(await broker.Requests.ApproveAsync(Carol, active.Id, null, DateTimeOffset.FromUnixTimeSeconds(more.Extension!.Ends.ToUnixTimeSeconds()), default));
    }

    [Fact(Timeout = Patience)]
    public async Task Asking_one_level_up_opens_nothing_in_a_protected_environment_below()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        Broker.Must(await broker.Rules.PutAsync(Broker.Admin, AccessRule.Default(ResourcePath.Parse("acme")) with { Approvers = [Holder.Parse("group=leads")] }, default));
        AccessRequest above = await OpenAsync(broker, order: Order() with { Path = ResourcePath.Parse("acme") });
        await ApproveAsync(broker, above, Carol);
        Assert.Equal(AccessRequestState.Active, Broker.Must(await broker.Requests.ProvisionAsync(above.Id, default)).State);
        Resource web = (await broker.Tree.FindResourceAsync(Broker.Web, default))!;
        Refusal refused = Broker.Refused<Refusal.Denied>((await broker.IssueAsync(web)).Refusal);
        Assert.Contains("sshfn request open acme/production/web", refused.Fix, StringComparison.Ordinal);

        await ActivateAsync(broker, Order() with { Path = Broker.Web.Parent });
        Assert.True((await broker.IssueAsync(web)).Succeeded);
    }
}
