using Microsoft.Playwright;
using SshFunctions.Portal.Tests.Browser;

namespace SshFunctions.Portal.Tests.Rules;

/// <summary>The rules of every page, where there is something to show: lists, dialogs, what comes and goes.</summary>
public sealed class EveryFullPageTests(FullSite site) : IClassFixture<FullSite>
{
    [Theory(Timeout = 240_000)]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    public async Task Shows_what_people_wrote_as_text_on_every_page_and_breaks_no_rule(string view)
    {
        PortalView screen = PortalView.Named(view);
        await using PortalSession ops = await site.SignInAsync("ops", screen);

        foreach ((string name, string address, string shows) in Pages())
        {
            await ops.GoAsync(address);
            await ops.Page.Locator("main").GetByText(shows).First.WaitForAsync();
            await ops.Page.Locator("main").GetByText(PortalSite.Injected).First.WaitForAsync();
            await ops.NotePageAsync(name, screen);
        }
    }

    [Theory(Timeout = 240_000)]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    public async Task Breaks_no_rule_in_what_opens_on_a_page(string view)
    {
        PortalView screen = PortalView.Named(view);
        await using PortalSession ops = await site.SignInAsync("ops", screen);
        ILocator dialog = ops.Page.GetByRole(AriaRole.Dialog);

        await ops.GoAsync("resources/acme/staging/db");
        await ops.Page.GetByText("Why can’t I?").ClickAsync();
        await ops.NotePageAsync("open-explanation", screen);
        await ops.Page.GetByRole(AriaRole.Switch, new() { Name = "SSH on resource" }).ClickAsync();
        await dialog.WaitForAsync();
        await ops.NotePageAsync("open-switch", screen);
        await ops.GoAsync("requests/new");
        await ops.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await ops.Page.GetByRole(AriaRole.Combobox, new() { Name = "Where" }).FillAsync("acme");
        await ops.Page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await ops.NotePageAsync("open-request-form", screen);
        await ops.GoAsync("passcode?resource=acme/production/web");
        await ops.Button("Get a passcode").ClickAsync();
        await ops.Page.GetByRole(AriaRole.Timer).WaitForAsync();
        await ops.NotePageAsync("open-passcode", screen);
        await ops.GoAsync($"journal/{site.Entry}");
        await ops.Button("Show the proof").ClickAsync();
        await ops.Text("The entry is sealed").WaitForAsync();
        await ops.NotePageAsync("open-proof", screen);
        await ops.GoAsync("requests?scope=to-decide");
        await ops.Page.GetByRole(AriaRole.Button, new() { Name = "Deny" }).First.ClickAsync();
        await dialog.WaitForAsync();
        await ops.NotePageAsync("open-decision", screen);
    }

    private (string Name, string Address, string Shows)[] Pages() =>
    [
        ("full-keys", "keys", "SHA256:"),
        ("full-requests", "requests", "pending"),
        ("full-requests-inbox", "requests?scope=to-decide", "Would allow"),
        ("full-requests-all", "requests?scope=all", "active"),
        ("full-request", $"requests/{site.ActiveRequest}", "access-request.approved"),
        ("full-journal", "journal", "certificate.issued"),
        ("full-journal-entry", $"journal/{site.Entry}", "The chain holds here"),
        ("full-hosts", "hosts", "Rotation:"),
    ];
}
