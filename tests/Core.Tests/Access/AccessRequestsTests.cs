using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Keys;
using static SshFunctions.Core.Tests.Access.AccessRequestSteps;

namespace SshFunctions.Core.Tests.Access;

public sealed class AccessRequestsTests
{
    private const int Patience = 30_000;
    private static readonly Caller Mallory = new(CallerKind.Person, Subject.Parse("mallory"), []);

    [Fact(Timeout = Patience)]
    public async Task Gives_access_for_a_while_after_enough_approvals()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        Resource web = (await broker.Tree.FindResourceAsync(Broker.Web, default))!;
        AccessRequest opened = await OpenAsync(broker);
        Assert.Equal((AccessRequestState.Pending, 2), (opened.State, opened.ApprovalsNeeded));

        Assert.Equal(AccessRequestState.Pending, (await ApproveAsync(broker, opened, Carol)).State);
        Assert.Empty(broker.Nudges.Texts);
        Broker.Refused<Refusal.Denied>((await broker.IssueAsync(web)).Refusal);
        Assert.Equal(AccessRequestState.Approved, (await ApproveAsync(broker, opened, Dave)).State);
        Assert.Equal($$"""access-requests {"request":"{{opened.Id}}"}""", Assert.Single(broker.Nudges.Texts));

        AccessRequest active = Broker.Must(await broker.Requests.ProvisionAsync(opened.Id, default));
        Assert.Equal((AccessRequestState.Active, broker.Now.AddHours(2)), (active.State, active.Ends));
        Assert.Equal(active.Grant!.Id, (await broker.Grants.FindAsync(opened.Id.Grant, default))!.Id);
        Assert.True((await broker.IssueAsync(web)).Succeeded);
        broker.Clock.Advance(TimeSpan.FromHours(2));
        Broker.Refused<Refusal.Denied>((await broker.IssueAsync(web)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task Nobody_decides_their_own_request_nor_twice()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        AccessRequest opened = await OpenAsync(broker, requester: Carol);
        Caller otherToken = Carol with { TokenId = "another" };
        Broker.Refused<Refusal.Denied>((await broker.Requests.ApproveAsync(otherToken, opened.Id, null, null, default)).Refusal);
        Broker.Refused<Refusal.Denied>((await broker.Requests.DenyAsync(Carol, opened.Id, null, null, default)).Refusal);
        await ApproveAsync(broker, opened, Dave);
        Broker.Refused<Refusal.Conflict>((await broker.Requests.ApproveAsync(Dave, opened.Id, null, null, default)).Refusal);
        Broker.Refused<Refusal.Denied>((await broker.Requests.ApproveAsync(Mallory, opened.Id, null, null, default)).Refusal);
        Assert.Single((await broker.Requests.FindAsync(opened.Id, default))!.Approvals);
    }

    [Fact(Timeout = Patience)]
    public async Task Without_a_rule_one_manager_decides_who_may_give_as_much()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync(withGrant: false);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("m1", "acme", "subject=carol", Role.Manager), default));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("m2", "acme", "subject=dave", Role.Manager) with { Logins = [LoginRule.Parse("root")] }, default));
        AccessRequest opened = await OpenAsync(broker);
        Broker.Refused<Refusal.Denied>((await broker.Requests.ApproveAsync(Mallory, opened.Id, null, null, default)).Refusal);
        Broker.Refused<Refusal.Denied>((await broker.Requests.ApproveAsync(Dave, opened.Id, null, null, default)).Refusal);
        Assert.Equal(AccessRequestState.Approved, (await ApproveAsync(broker, opened, Carol)).State);
    }

    [Fact(Timeout = Patience)]
    public async Task A_denied_request_stays_denied()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        AccessRequest opened = await OpenAsync(broker);
        Assert.Equal(AccessRequestState.Denied, Broker.Must(await broker.Requests.DenyAsync(Dave, opened.Id, "not today", null, default)).State);
        Broker.Refused<Refusal.Conflict>((await broker.Requests.ApproveAsync(Carol, opened.Id, null, null, default)).Refusal);
        Assert.Equal(0, await broker.Requests.RunDueAsync(default));
        Assert.Equal("not today", Assert.Single(await broker.EventsAsync<JournalEvent.AccessRequestDenied>()).Comment);
    }

    [Fact(Timeout = Patience)]
    public async Task Closing_takes_the_grant_and_revokes_what_was_minted_under_it()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        Resource web = (await broker.Tree.FindResourceAsync(Broker.Web, default))!;
        AccessRequest active = await ActivateAsync(broker);
        IssuedCertificate issued = Broker.Must(await broker.IssueAsync(web));
        Broker.Refused<Refusal.Denied>((await broker.Requests.CloseAsync(Mallory, active.Id, "no", default)).Refusal);

        AccessRequest closed = Broker.Must(await broker.Requests.CloseAsync(Broker.Alice, active.Id, "done", default));

        Assert.Equal((AccessRequestState.Closed, AccessEndingCause.Closed), (closed.State, closed.Ending!.Cause));
        Assert.Null(await broker.Grants.FindAsync(active.Id.Grant, default));
        Assert.NotNull(await broker.Revocations.FindSerialAsync(issued.Certificate.Content.Serial, default));
        Broker.Refused<Refusal.Denied>((await broker.IssueAsync(web)).Refusal);
        // Again: nothing happens, and nothing is recorded.
        int count = (await broker.EntriesAsync()).Length;
        Assert.Equal(AccessRequestState.Closed, Broker.Must(await broker.Requests.CloseAsync(Broker.Alice, active.Id, "again", default)).State);
        Assert.Equal(count, (await broker.EntriesAsync()).Length);
    }

    [Fact(Timeout = Patience)]
    public async Task A_timer_ends_what_has_no_time_left_and_gives_what_lost_its_message()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        AccessRequest active = await ActivateAsync(broker);
        AccessRequest pending = await OpenAsync(broker);
        broker.Nudges.IsAway = true;
        AccessRequest lost = await OpenAsync(broker);
        await ApproveAsync(broker, lost, Carol);
        await ApproveAsync(broker, lost, Dave);
        await broker.Requests.RunDueAsync(default);
        Assert.Equal(AccessRequestState.Active, (await broker.Requests.FindAsync(lost.Id, default))!.State);
        broker.Clock.Advance(TimeSpan.FromHours(2));
        await broker.Requests.RunDueAsync(default);
        Assert.Equal(AccessRequestState.Closed, (await broker.Requests.FindAsync(active.Id, default))!.State);
        Assert.Equal(AccessEndingCause.Time, (await broker.Requests.FindAsync(active.Id, default))!.Ending!.Cause);
        broker.Clock.Advance(TimeSpan.FromHours(23));
        await broker.Requests.RunDueAsync(default);
        Assert.Equal(AccessRequestState.Expired, (await broker.Requests.FindAsync(pending.Id, default))!.State);
        Assert.Empty(await broker.Requests.ListOpenAsync(default).ToArrayAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task More_time_needs_the_same_approvals_and_stays_within_the_longest()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        AccessRequest active = await ActivateAsync(broker);
        Broker.Refused<Refusal.Denied>((await broker.Requests.ExtendAsync(Mallory, active.Id, TimeSpan.FromHours(1), "more", default)).Refusal);
        Broker.Refused<Refusal.Invalid>((await broker.Requests.ExtendAsync(Broker.Alice, active.Id, TimeSpan.FromHours(7), "more", default)).Refusal);
        AccessRequest asked = Broker.Must(await broker.Requests.ExtendAsync(Broker.Alice, active.Id, TimeSpan.FromHours(1), "more", default));
        Assert.Equal(active.Ends, asked.Ends);
        await ApproveAsync(broker, active, Carol);
        AccessRequest extended = await ApproveAsync(broker, active, Dave);
        Assert.Equal(active.Ends!.Value.AddHours(1), extended.Ends);
        Assert.Equal(extended.Ends, (await broker.Grants.FindAsync(active.Id.Grant, default))!.NotAfter);
    }

    [Fact(Timeout = Patience)]
    public async Task A_rule_approves_by_itself_whom_it_names_in_its_hours()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        // The clock stands at noon of a Thursday.
        var window = new AccessWindow([DayOfWeek.Thursday], new TimeOnly(8, 0), new TimeOnly(13, 0), null);
        await PutRuleAsync(broker, rule => rule with { AutoApproval = new AutoApproval([Holder.Parse("group=staff")], [window], TimeSpan.FromHours(3)) });
        Caller staff = Broker.Alice with { Groups = [GroupName.Parse("staff")] };
        Assert.Equal(AccessRequestState.Approved, (await OpenAsync(broker, requester: staff)).State);
        Assert.Equal(AccessRequestState.Pending, (await OpenAsync(broker)).State);
        Assert.Equal(AccessRequestState.Pending, (await OpenAsync(broker, requester: staff, duration: TimeSpan.FromHours(4))).State);
        broker.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(AccessRequestState.Pending, (await OpenAsync(broker, requester: staff)).State);
        Assert.Single(await broker.EventsAsync<JournalEvent.AccessRequestAutoApproved>());
    }

    [Fact(Timeout = Patience)]
    public async Task Breaking_the_glass_gives_access_at_once_and_waits_for_a_review()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        Broker.Refused<Refusal.Denied>((await broker.Requests.OpenAsync(Broker.Alice, Order() with { BreakGlass = true }, default)).Refusal);
        await PutRuleAsync(broker, rule => rule with { BreakGlass = [Holder.Parse("subject=alice")] });
        AccessRequest broken = Broker.Must(await broker.Requests.OpenAsync(Broker.Alice, Order() with { BreakGlass = true }, default));
        Assert.Equal(AccessRequestState.Active, broken.State);
        // Asking the queue too would have two give it at once, and the journal would tell of one that failed.
        Assert.Empty(broker.Nudges.Texts);
        Assert.Single(await broker.EventsAsync<JournalEvent.AccessRequestGlassBroken>());
        Broker.Must(await broker.Requests.CloseAsync(Broker.Alice, broken.Id, "done", default));
        Assert.True(Assert.Single(await broker.Requests.ListOpenAsync(default).ToArrayAsync()).NeedsReview);
        Broker.Refused<Refusal.Denied>((await broker.Requests.ReviewAsync(Broker.Alice, broken.Id, "all fine", default)).Refusal);
        Assert.Equal("carol", Broker.Must(await broker.Requests.ReviewAsync(Carol, broken.Id, "all fine", default)).Review!.By.Text);
        Assert.Empty(await broker.Requests.ListOpenAsync(default).ToArrayAsync());
        Broker.Refused<Refusal.Conflict>((await broker.Requests.ReviewAsync(Dave, broken.Id, "me too", default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_ticket_opens_one_request_however_often_it_comes()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        AccessRequestOrder order = Order() with { Ticket = new TicketReference("jira", "OPS-17", "https://tickets.example.com/OPS-17") };
        // A person who names the same ticket does not stand in its way.
        Broker.Must(await broker.Requests.OpenAsync(Broker.Alice, order with { Requester = Broker.Alice.Subject }, default));
        AccessRequest first = Broker.Must(await broker.Requests.OpenAsync(Caller.System, order, default));
        AccessRequest again = Broker.Must(await broker.Requests.OpenAsync(Caller.System, order, default));
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(first.Id, (await broker.Requests.FindByTicketAsync("jira", "OPS-17", default))!.Id);
        Broker.Refused<Refusal.Conflict>((await broker.Requests.OpenAsync(Caller.System, order with { Requester = Mallory.Subject }, default)).Refusal);
        Assert.Equal(AccessRequestState.Closed, Broker.Must(await broker.Requests.CloseAsync(Caller.System, first.Id, "ticket closed", default)).State);
    }

    [Fact(Timeout = Patience)]
    public async Task An_attached_key_enters_by_its_request_alone_and_signs_nobody_in()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("standing"), default));
        AccessRequest active = await ActivateAsync(broker, Order() with { PublicKey = broker.ClientKey.ToText() + " alice@laptop" });
        RegisteredKey key = (await broker.Keys.FindAsync(KeyRegistry.IdOf(broker.ClientKey.Fingerprint), default))!;
        Assert.False(key.SignsIn);
        EnteringKey entering = Broker.Must(await broker.KeyAccess.FindAsync(Broker.Web, Broker.Deploy, broker.ClientKey.Fingerprint, default));
        Assert.Equal((active.Id.Grant, active.Ends), (entering.Grant, entering.NotAfter));
        Broker.Must(await broker.Requests.CloseAsync(Broker.Alice, active.Id, "done", default));
        Broker.Refused<Refusal.Denied>((await broker.KeyAccess.FindAsync(Broker.Web, Broker.Deploy, broker.ClientKey.Fingerprint, default)).Refusal);
        Assert.Null(await broker.Keys.FindAsync(key.Id, default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_private_key_is_refused_not_kept_and_its_public_half_revoked()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        using SshPrivateKey leaked = SshPrivateKey.GenerateEcdsa(256);
        string text = System.Text.Encoding.ASCII.GetString(OpenSshPrivateKey.Write(leaked));
        Broker.Refused<Refusal.Invalid>((await broker.Requests.OpenAsync(Broker.Alice, Order() with { PublicKey = text }, default)).Refusal);
        Assert.Single(await broker.EventsAsync<JournalEvent.PrivateKeyReceived>());
        Assert.NotNull(await broker.Revocations.FindKeyAsync(leaked.PublicKey.Fingerprint, default));
        Assert.Empty(await broker.Requests.ListAsync(null, default).ToArrayAsync());
        Broker.Refused<Refusal.Invalid>((await broker.Requests.OpenAsync(Broker.Alice, Order() with { Reason = text.ReplaceLineEndings(" ") }, default)).Refusal);
    }

    [Theory(Timeout = Patience)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_forged_private_key_revokes_nothing(bool byTicket)
    {
        await using Broker broker = await BrokerOfTwoAsync();
        using SshPrivateKey mine = SshPrivateKey.GenerateEcdsa(256);
        byte[] file = Convert.FromBase64String(string.Concat(System.Text.Encoding.ASCII.GetString(OpenSshPrivateKey.Write(mine)).Split('\n')[1..^2]));
        // The public half of somebody else wherever mine stood; a forger needs no more.
        byte[] forged = System.Text.Encoding.Latin1.GetBytes(System.Text.Encoding.Latin1.GetString(file).Replace(
            System.Text.Encoding.Latin1.GetString(mine.PublicKey.Wire.Span), System.Text.Encoding.Latin1.GetString(broker.ClientKey.Wire.Span), StringComparison.Ordinal));
        Assert.NotEqual(file, forged);
        string text = $"-----BEGIN OPENSSH PRIVATE KEY-----\n{Convert.ToBase64String(forged)}\n-----END OPENSSH PRIVATE KEY-----\n";
        Broker.Refused<Refusal.Invalid>((await broker.Requests.OpenAsync(byTicket ? Caller.System : Broker.Alice, Order() with { PublicKey = text }, default)).Refusal);
        Assert.Single(await broker.EventsAsync<JournalEvent.PrivateKeyReceived>());
        Assert.Null(await broker.Revocations.FindKeyAsync(broker.ClientKey.Fingerprint, default));
    }

    [Fact(Timeout = Patience)]
    public async Task Revoking_its_grant_closes_a_request()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        AccessRequest active = await ActivateAsync(broker);
        Grant grant = (await broker.Grants.FindAsync(active.Id.Grant, default))!;
        Broker.Refused<Refusal.Conflict>((await broker.Revoker.RemoveGrantAsync(Broker.Admin, grant, default)).Refusal);
        Broker.Refused<Refusal.Conflict>((await broker.Grants.PutAsync(Broker.Admin, grant with { NotAfter = null }, default)).Refusal);
        Broker.Refused<Refusal.Conflict>((await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("request-of-mine"), default)).Refusal);
        Broker.Must(await broker.Requests.RevokeAsync(Broker.Admin, active.Id, "leaked", default));
        AccessRequest closed = (await broker.Requests.FindAsync(active.Id, default))!;
        Assert.Equal((AccessRequestState.Closed, AccessEndingCause.Grant), (closed.State, closed.Ending!.Cause));
    }

    [Fact(Timeout = Patience)]
    public async Task What_could_not_be_given_says_why_once_and_is_given_when_it_can()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        AccessRequest opened = await OpenAsync(broker);
        await ApproveAsync(broker, opened, Carol);
        await ApproveAsync(broker, opened, Dave);
        Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Broker.Alice.Subject, "left", default));
        await broker.Requests.RunDueAsync(default);
        await broker.Requests.RunDueAsync(default);
        Assert.Contains("alice is revoked", (await broker.Requests.FindAsync(opened.Id, default))!.Failure, StringComparison.Ordinal);
        Assert.Single(await broker.EventsAsync<JournalEvent.AccessRequestFailed>());
        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, "subject:alice", default));
        await broker.Requests.RunDueAsync(default);
        Assert.Equal(AccessRequestState.Active, (await broker.Requests.FindAsync(opened.Id, default))!.State);
    }

    [Fact(Timeout = Patience)]
    public async Task One_requester_can_not_fill_the_store()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        for (int count = 0; count < AccessRequests.MaximumOpenCount; count++) await OpenAsync(broker);
        Broker.Refused<Refusal.Conflict>((await broker.Requests.OpenAsync(Broker.Alice, Order(), default)).Refusal);
        Assert.Equal(AccessRequestState.Pending, (await OpenAsync(broker, requester: Mallory)).State);
    }

    [Theory(Timeout = Patience)]
    [InlineData("no such place")]
    [InlineData("not among the requesters")]
    [InlineData("too long")]
    [InlineData("too high a role")]
    [InlineData("another shape")]
    [InlineData("no such login")]
    [InlineData("everything")]
    [InlineData("admin")]
    [InlineData("no reason")]
    [InlineData("a reason of two lines")]
    public async Task Refuses_an_order_for(string what)
    {
        await using Broker broker = await BrokerOfTwoAsync();
        if (what == "not among the requesters") await PutRuleAsync(broker, rule => rule with { Requesters = [Holder.Parse("group=staff")] });
        if (what == "another shape") await PutRuleAsync(broker, rule => rule with { Shapes = [AccessShape.SftpFolder] });
        AccessRequestOrder order = what switch
        {
            "no such place" => Order() with { Path = ResourcePath.Parse("acme/production/none") },
            "too long" => Order() with { Duration = TimeSpan.FromHours(9) },
            "too high a role" => Order() with { Role = Role.Manager },
            "no such login" => Order() with { Logins = [LoginRule.Parse("postgres")] },
            "everything" => Order() with { Path = ResourcePath.Root },
            "admin" => Order() with { Role = Role.Admin },
            "no reason" => Order() with { Reason = " " },
            "a reason of two lines" => Order() with { Reason = "one\ntwo" },
            _ => Order(),
        };
        Assert.False((await broker.Requests.OpenAsync(Broker.Alice, order, default)).Succeeded);
        Assert.Empty(await broker.Requests.ListAsync(null, default).ToArrayAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task The_journal_tells_the_story_of_a_request_by_one_filter()
    {
        await using Broker broker = await BrokerOfTwoAsync();
        AccessRequest active = await ActivateAsync(broker);
        Broker.Must(await broker.IssueAsync((await broker.Tree.FindResourceAsync(Broker.Web, default))!));
        await OpenAsync(broker);
        Broker.Must(await broker.Requests.CloseAsync(Broker.Alice, active.Id, "done", default));
        JournalPage page = await broker.Reader.ReadBackAsync(new JournalFilter(Request: active.Id), null, 100, default);
        Assert.Equal(
            ["access-request.opened", "access-request.approved", "access-request.approved", "access-request.activated", "certificate.issued", "access-request.closed", "access.revoked"],
            page.Entries.Select(entry => entry.Event.Kind).Reverse());
    }

    [Fact]
    public void Later_requests_come_first_in_order_and_no_two_are_alike()
    {
        DateTimeOffset now = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);
        string[] ids = [.. Enumerable.Range(0, 50).Select(second => AccessRequestId.Create(now.AddSeconds(second)).Text)];
        Assert.Equal(ids.Reverse(), ids.Order(StringComparer.Ordinal));
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids[0], AccessRequestId.OfGrant("request-" + ids[0])?.Text);
        Assert.Null(AccessRequestId.OfGrant("request-of-mine"));
    }
}
