using Microsoft.Playwright;
using SshFunctions.Portal.Tests.Browser;

namespace SshFunctions.Portal.Tests.Pages;

public sealed class PasscodeTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact(Timeout = 60_000)]
    public async Task Shows_a_passcode_once_copies_it_and_says_where_to_type_it()
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("passcode");

        await alice.Page.GetByRole(AriaRole.Combobox, new() { Name = "Resource" }).FillAsync("prod web");
        await alice.Page.GetByRole(AriaRole.Option, new() { Name = "acme/production/web" }).WaitForAsync();
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.Page.GetByLabel("Login").SelectOptionAsync("deploy");
        await alice.Button("Get a passcode").ClickAsync();
        string shown = await alice.Page.GetByLabel("Passcode", new() { Exact = true }).InnerTextAsync();
        await alice.Button("Copy the passcode").ClickAsync();
        await alice.Page.GetByText("Copied").WaitForAsync();

        Assert.Equal(shown, await alice.ClipboardAsync());
        await alice.Page.GetByText("ssh -o PubkeyAuthentication=no").First.WaitForAsync();
        Assert.Contains(await site.Broker.Admin.JournalAsync("passcode.issued"), entry => entry.Subject == "alice");
        await alice.GoAsync("keys");
        await alice.GoAsync("passcode");
        Assert.Equal(0, await alice.Page.GetByText(shown).CountAsync());
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Counts_down_and_forgets_the_passcode_at_its_end()
    {
        await using PortalSession alice = await site.OpenAsync();
        await alice.Page.Clock.InstallAsync();
        await alice.Page.ReloadAsync();
        await alice.SignInAsync(await site.Broker.Admin.CreateTokenAsync("alice"));
        await alice.GoAsync("passcode?resource=acme/production/web&login=deploy");
        await alice.Page.GetByLabel("Login").WaitForAsync();

        await alice.Button("Get a passcode").ClickAsync();
        await alice.Page.GetByRole(AriaRole.Timer).WaitForAsync();
        await alice.Page.Clock.RunForAsync("02:00");
        await alice.Page.GetByText("Good for 2:").Or(alice.Page.GetByText("Good for 3:")).WaitForAsync();
        await alice.Page.Clock.RunForAsync("04:00");

        await alice.Text("The passcode is gone").WaitForAsync();
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Asks_with_no_login_of_a_resource_that_was_named_before()
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        var late = new TaskCompletionSource();
        await alice.Page.RouteAsync("**/environments/production/resources/web", async route =>
        {
            await late.Task;
            await route.ContinueAsync();
        });
        await alice.GoAsync("passcode?resource=acme/production/web&login=root");
        await alice.Page.GetByRole(AriaRole.Combobox, new() { Name = "Resource" }).FillAsync("acme/production/git");
        await alice.Page.Keyboard.PressAsync("Escape");

        await alice.Page.RunAndWaitForResponseAsync(() => Task.FromResult(late.TrySetResult()), answer => answer.Url.EndsWith("/resources/web", StringComparison.Ordinal));
        IRequest asked = await alice.Page.RunAndWaitForRequestAsync(() => alice.Button("Get a passcode").ClickAsync(), request => request.Url.EndsWith("/api/passcodes", StringComparison.Ordinal));

        Assert.Equal("""{"resource":"acme/production/git","login":"git"}""", asked.PostData);
        await alice.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_why_there_is_none()
    {
        await using PortalSession bob = await site.SignInAsync("bob");
        await bob.GoAsync("passcode?resource=acme/production/web");

        await bob.Button("Get a passcode").ClickAsync();

        await bob.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await bob.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_a_login_that_it_may_not_list_and_leads_from_the_refusal_to_a_request()
    {
        await using PortalSession bob = await site.SignInAsync("bob");
        await bob.GoAsync("passcode?resource=acme/production/web");
        await bob.Page.GetByLabel("Login").WaitForAsync();

        await bob.Button("Get a passcode").ClickAsync();
        // Which logins there are, and whether there is one only, is not told to who holds nothing there.
        await bob.Page.GetByRole(AriaRole.Alert).GetByText("To fix it").WaitForAsync();
        await bob.Page.GetByLabel("Login").FillAsync("deploy");
        await bob.Button("Get a passcode").ClickAsync();
        await bob.Page.GetByRole(AriaRole.Alert).GetByText("To fix it").WaitForAsync();
        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "Ask for access" }).ClickAsync();

        Assert.Equal("acme/production/web", await bob.Page.GetByRole(AriaRole.Combobox, new() { Name = "Where" }).InputValueAsync());
        await bob.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Offers_no_request_where_ssh_is_off()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("passcode?resource=acme/staging/db");
        await ops.Page.GetByLabel("Login").WaitForAsync();

        await ops.Button("Get a passcode").ClickAsync();

        await ops.Page.GetByRole(AriaRole.Alert).GetByText("SSH is disabled").WaitForAsync();
        Assert.Equal(0, await ops.Page.GetByRole(AriaRole.Link, new() { Name = "Ask for access" }).CountAsync());
        await ops.NoteFaultsAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("web")]
    [InlineData("acme/production/nowhere")]
    [InlineData("acme/production/git")]
    public async Task Says_what_is_wrong_with_a_resource_or_that_it_takes_none(string resource)
    {
        await using PortalSession alice = await site.SignInAsync("alice");
        await alice.GoAsync("passcode");

        await alice.Page.GetByRole(AriaRole.Combobox, new() { Name = "Resource" }).FillAsync(resource);
        await alice.Page.Keyboard.PressAsync("Escape");
        await alice.Button("Get a passcode").ClickAsync();

        await alice.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await alice.NoteFaultsAsync();
    }
}
