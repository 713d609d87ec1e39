using Microsoft.Playwright;
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
