using SshFunctions.Portal.Tests.Browser;

namespace SshFunctions.Portal.Tests.Rules;

/// <summary>What holds on every page, in every view.</summary>
public sealed class EveryPageTests(PortalSite site) : IClassFixture<PortalSite>
{
    private static readonly (string Name, string Address, string Shows)[] Pages =
    [
        ("resources", "resources", "acme"),
        ("project", "resources/zoo", "About this project"),
        ("resource", "resources/acme/production/web", "You may connect as deploy"),
        ("resource-refused", "resources/acme/staging/db", "You can’t connect"),
        ("resource-vscode", "resources/acme/production/web?tab=vscode", "Open in VS Code"),
        ("resource-pycharm", "resources/acme/production/web?tab=pycharm", "SSH Configurations"),
        ("resource-sftp", "resources/acme/production/web?tab=sftp", "Get a passcode"),
        ("resource-git", "resources/acme/production/git", "every repo"),
        ("requests", "requests", "You have asked for nothing"),
        ("requests-inbox", "requests?scope=to-decide", "Nothing waits for you"),
        ("request-form", "requests/new", "Whoever decides reads this"),
        ("keys", "keys", "No key yet"),
        ("passcode", "passcode?resource=acme/production/web", "Login"),
        ("journal", "journal", "host.enrolled"),
        ("journal-entry", "journal/65540", "The chain holds here"),
        ("hosts", "hosts", "in step"),
        ("about", "about", "Trusted keys"),
        ("unknown", "nowhere", "There is no such page"),
    ];

    [Theory(Timeout = 240_000)]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    public async Task Has_no_fault_that_axe_finds_fits_the_screen_and_breaks_no_rule(string view)
    {
        PortalView screen = PortalView.Named(view);
        await using PortalSession stranger = await site.OpenAsync(screen);
        await stranger.NotePageAsync("sign-in", screen);
        await using PortalSession ops = await site.SignInAsync("ops", screen);

        foreach ((string name, string address, string shows) in Pages)
        {
            await ops.GoAsync(address);
            await ops.Page.Locator("main").GetByText(shows).First.WaitForAsync();
            await ops.NotePageAsync(name, screen);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task An_address_that_names_another_tab_of_the_same_resource_shows_it()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.GoAsync("resources/acme/production/web?tab=vscode");
        await ops.Text("Open in VS Code").WaitForAsync();

        await ops.GoAsync("resources/acme/production/web?tab=pycharm");

        await ops.Text("SSH Configurations").WaitForAsync();
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Every_page_is_reached_by_the_keyboard_alone()
    {
        await using PortalSession ops = await site.SignInAsync("ops");
        await ops.Page.EvaluateAsync("() => document.activeElement.blur()");
        var seen = new HashSet<string>();

        for (int i = 0; i < 30; i++)
        {
            await ops.Page.Keyboard.PressAsync("Tab");
            seen.Add(await ops.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href') ?? document.activeElement.getAttribute('aria-label') ?? ''"));
        }

        Assert.Superset(
            new HashSet<string> { "#main", "#/resources", "#/requests", "#/keys", "#/passcode", "#/journal", "#/hosts", "#/about", "Search resources", "Resources" }, seen);
        await ops.NoteFaultsAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Remembers_the_colours_that_somebody_chose()
    {
        await using PortalSession ops = await site.SignInAsync("ops");

        await ops.Button("Switch to dark colours").ClickAsync();
        await ops.Page.ReloadAsync();

        await ops.Button("Switch to light colours").WaitForAsync();
        Assert.Equal("dark", await ops.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).colorScheme"));
        await ops.NoteFaultsAsync();
    }
}
