using Microsoft.Playwright;
using SshFunctions.Api;
using SshFunctions.Portal.Tests.Browser;

namespace SshFunctions.Portal.Tests.Pages;

public sealed class RequestsTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact(Timeout = 90_000)]
    public async Task Goes_from_the_question_over_the_approval_to_the_end()
    {
        await using PortalSession bob = await site.SignInAsync("bob");
        await AskAsync(bob, "acme/production/git", "Look into failing orders");
        await bob.Page.GetByText("pending").First.WaitForAsync();

        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("requests?scope=to-decide");
        ILocator inbox = ops.Page.GetByRole(AriaRole.Region, new() { Name = "bob asks for acme/production/git" });
        await inbox.GetByText("Look into failing orders").WaitForAsync();
        await inbox.GetByText("OPS-7").WaitForAsync();
        await inbox.GetByText("developer on acme/production/git, as git, for 2 hours: pty").WaitForAsync();
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await ops.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await ops.Text("Approved.").WaitForAsync();

        await UntilActiveAsync(bob);
        await bob.Button("Extend").ClickAsync();
        await bob.Page.GetByLabel("Reason").FillAsync("not done yet");
        await bob.Button("Ask").ClickAsync();
        await bob.Text("More time is asked for.").WaitForAsync();
        await ops.Page.ReloadAsync();
        await inbox.GetByText("not done yet").WaitForAsync();
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await ops.Page.GetByRole(AriaRole.Dialog).GetByText("More time: until").WaitForAsync();
        await ops.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await ops.Text("Nothing waits for you").WaitForAsync();
        await bob.Button("End access").ClickAsync();
        await bob.Page.GetByLabel("Reason").FillAsync("done");
        await bob.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End access" }).ClickAsync();

        await bob.Text("Closed.").WaitForAsync();
        await bob.Text("access-request.approved").WaitForAsync();
        await bob.NoteFaultsAsync();
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Denies_with_a_word_to_the_requester()
    {
        await using PortalSession bob = await site.SignInAsync("bob");
        await AskAsync(bob, "acme/production/web", "Just looking", "deploy");
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("requests?scope=to-decide");

        ILocator inbox = ops.Page.GetByRole(AriaRole.Region, new() { Name = "bob asks for acme/production/web" });
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();
        await ops.Page.GetByLabel("Comment").FillAsync("no reason given");
        await ops.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();
        await ops.Text("Denied.").WaitForAsync();

        await bob.Page.ReloadAsync();
        await bob.Page.GetByText("no reason given").First.WaitForAsync();
        await bob.NoteFaultsAsync();
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Withdraws_what_nobody_has_decided()
    {
        await using PortalSession bob = await site.SignInAsync("bob");
        await AskAsync(bob, "acme/staging/db", "Not needed after all", "postgres");

        await bob.Button("Withdraw").ClickAsync();
        await bob.Page.GetByLabel("Reason").FillAsync("found another way");
        await bob.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await bob.Text("Closed.").WaitForAsync();
        await bob.GoAsync("requests");
        await bob.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Not needed after all" }).GetByText("closed").WaitForAsync();
        await bob.NoteFaultsAsync();
    }

    [Fact(Timeout = 90_000)]
    public async Task Breaks_the_glass_for_files_in_one_folder_and_is_reviewed_afterwards()
    {
        await site.Broker.Admin.PutAsync<AccessRuleRequest, AccessRuleResponse>($"{Routes.AccessRule}?path=zoo", new AccessRuleRequest(BreakGlass: ["subject=carol"]));
        await using PortalSession carol = await site.SignInAsync("carol");
        await carol.GoAsync("requests/new?path=zoo/cage/lion");
        await carol.Page.GetByLabel("Reason").FillAsync("The lion is out");
        await carol.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await carol.Page.GetByLabel("Only files in this folder").FillAsync("pub/media");
        await carol.Page.GetByLabel("Emergency").CheckAsync();
        await carol.Button("Ask for access").ClickAsync();
        await carol.Page.GetByText("only files in pub/media, by SFTP").WaitForAsync();
        await carol.Page.GetByText("emergency", new() { Exact = true }).WaitForAsync();

        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("requests?scope=to-decide");
        ILocator inbox = ops.Page.GetByRole(AriaRole.Region, new() { Name = "carol took access to zoo/cage/lion" });
        await inbox.GetByText("the access was given at once").WaitForAsync();
        Assert.StartsWith("carol took access", await ops.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 2 }).First.InnerTextAsync(), StringComparison.Ordinal);
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Record a review" }).ClickAsync();
        await ops.Page.GetByLabel("What was found").FillAsync("The lion is in again");
        await ops.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Record" }).ClickAsync();
        await ops.Text("The review is recorded.").WaitForAsync();

        await carol.Page.ReloadAsync();
        await carol.Page.GetByText("ops: The lion is in again").WaitForAsync();
        await carol.NoteFaultsAsync();
        await ops.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("acme//web", "Because", "")]
    [InlineData("nowhere/at/all", "Because", "")]
    [InlineData("acme/production/web", "   ", "")]
    [InlineData("acme/production/web", "Because", "no such login!")]
    public async Task Says_what_is_wrong_with_a_question_and_keeps_what_was_typed(string path, string reason, string login)
    {
        await using PortalSession bob = await site.SignInAsync("bob");
        await bob.GoAsync($"requests/new?path={path}");
        await bob.Page.GetByLabel("Reason").FillAsync(reason);
        await bob.Page.GetByLabel("Login").FillAsync(login);

        await bob.Button("Ask for access").ClickAsync();

        await bob.Page.GetByRole(AriaRole.Alert).GetByText("To fix it").WaitForAsync();
        Assert.Equal(reason, await bob.Page.GetByLabel("Reason").InputValueAsync());
        await bob.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Catches_a_private_key_before_it_is_sent()
    {
        await using PortalSession bob = await site.SignInAsync("bob");
        await bob.GoAsync("requests/new?path=acme/production/web");
        await bob.Page.GetByText("More", new() { Exact = true }).ClickAsync();

        await bob.Page.GetByLabel("Public key").FillAsync("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----");

        await bob.Text("That is a private key. It was not sent.").WaitForAsync();
        Assert.Equal("", await bob.Page.GetByLabel("Public key").InputValueAsync());
        await bob.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Shows_nobody_a_request_that_is_not_theirs()
    {
        await using PortalSession bob = await site.SignInAsync("bob");
        await AskAsync(bob, "zoo/cage", "Mine alone", "keeper");
        string address = bob.Page.Url[(bob.Page.Url.IndexOf("#/", StringComparison.Ordinal) + 2)..];
        await using PortalSession dave = await site.SignInAsync("dave");

        await dave.GoAsync(address);

        await dave.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal(0, await dave.Page.GetByText("Mine alone").CountAsync());
        await dave.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Shows_who_decides_the_attached_key_and_who_named_the_ticket_and_where_it_leads()
    {
        using Support.Broker.BrokerApi frank = await site.Broker.AsPersonAsync("frank");
        string key = PortalKeys.New();
        AccessRequestResponse asked = await frank.PostAsync<OpenAccessRequestRequest, AccessRequestResponse>(Routes.AccessRequests, new OpenAccessRequestRequest(
            "acme/production/git", "Look into orders", 3600, TicketReference: "OPS-8", TicketUrl: "https://tickets.example.com/8", PublicKey: key));
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("requests?scope=to-decide");

        ILocator inbox = ops.Page.GetByRole(AriaRole.Region, new() { Name = "frank asks for acme/production/git" });
        await inbox.GetByText($"with attached key {asked.PublicKeyFingerprint}").WaitForAsync();
        await inbox.GetByText("OPS-8 (tickets.example.com), named by the requester").WaitForAsync();
        Assert.Equal(0, await inbox.GetByText("Opened by").CountAsync());
        await inbox.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await ops.Page.GetByRole(AriaRole.Dialog).GetByText($"with attached key {asked.PublicKeyFingerprint}").WaitForAsync();

        Assert.Equal(Ssh.Keys.SshPublicKey.Parse(key).Fingerprint.ToString(), asked.PublicKeyFingerprint);
        await ops.NoteFaultsAsync();
        await WithdrawAsync(frank, asked);
    }

    [Fact(Timeout = 60_000)]
    public async Task Shows_who_decides_which_ticket_system_opened_a_request_and_leads_to_no_address_with_a_user()
    {
        using Support.Broker.BrokerApi grace = await site.Broker.AsPersonAsync("grace");
        AccessRequestResponse asked = await grace.PostAsync<OpenAccessRequestRequest, AccessRequestResponse>(Routes.AccessRequests, new OpenAccessRequestRequest(
            "acme/production/git", "Look into orders", 3600, TicketReference: "OPS-9", TicketUrl: "https://tickets.example.com/9"));
        await using PortalSession ops = await site.SignInAsync("ops");
        // As an older broker took it from a ticket system.
        await ops.Page.RouteAsync("**/api/access-requests?*", async route =>
        {
            IAPIResponse answer = await route.FetchAsync();
            string told = (await answer.TextAsync()).Replace("\"openedBy\":\"grace\"", "\"openedBy\":\"system\"", StringComparison.Ordinal)
                .Replace("manual", "jira", StringComparison.Ordinal).Replace("https://tickets.example.com/9", "https://tickets.example.com@evil.example/", StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, Body = told });
        });
        await ops.GoAsync("requests?scope=to-decide");

        ILocator inbox = ops.Page.GetByRole(AriaRole.Region, new() { Name = "grace asks for acme/production/git" });
        await inbox.GetByText("OPS-9, by jira").WaitForAsync();

        Assert.Equal("system", await inbox.Locator("dt:text-is('Opened by') + dd").InnerTextAsync());
        Assert.Equal(0, await inbox.GetByRole(AriaRole.Link, new() { Name = "OPS-9" }).CountAsync());
        await ops.NoteFaultsAsync();
        await WithdrawAsync(grace, asked);
    }

    private static Task<AccessRequestResponse> WithdrawAsync(Support.Broker.BrokerApi person, AccessRequestResponse asked) => person.PostAsync<CloseAccessRequestRequest, AccessRequestResponse>(
        Routes.AccessRequestClosing.Replace("{id}", asked.Id, StringComparison.Ordinal), new CloseAccessRequestRequest("done"));

    private static async Task AskAsync(PortalSession person, string path, string reason, string login = "git")
    {
        await person.GoAsync($"requests/new?path={path}");
        await person.Page.GetByLabel("Reason").FillAsync(reason);
        await person.Page.GetByLabel("For how long").SelectOptionAsync("7200");
        await person.Page.GetByLabel("Login").FillAsync(login);
        await person.Page.GetByLabel("Ticket").FillAsync("OPS-7");
        await person.Button("Ask for access").ClickAsync();
        await person.Page.GetByRole(AriaRole.Heading, new() { Name = path }).WaitForAsync();
    }

    // The queue gives the access; the page is read again until it did.
    private static async Task UntilActiveAsync(PortalSession person)
    {
        do await person.Page.ReloadAsync();
        while (!await IsActiveAsync(person));
    }

    private static async Task<bool> IsActiveAsync(PortalSession person)
    {
        await person.Page.Locator(".badge").First.WaitForAsync();
        return await person.Button("Extend").CountAsync() > 0;
    }
}
